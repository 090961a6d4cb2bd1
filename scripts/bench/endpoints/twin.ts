import type { Hono } from 'hono';
import { z } from 'zod';
import type { Ports } from '#/endpoints/ports.ts';

/** Servers that tell who is on the list, to see that a measurement would notice. */
export const twins = {
	/** Tells those who are known so, as many a form does. */
	words: {
		ports: (ports) => ports,
		app: (app, ports) => ({
			async fetch(request, env) {
				if (request.method !== 'POST') return app.fetch(request, env);
				const email = new URLSearchParams(await request.clone().text()).get('email') ?? '';
				const found = await ports.contacts.find(email);
				const isKnown = found.kind === 'ok' && found.value !== undefined;
				return isKnown ? new Response('You get it already.\n') : app.fetch(request, env);
			},
		}),
	},
	/** Says the same to all, but answers those who are known five milliseconds later. */
	time: {
		ports: (ports) => ({
			...ports,
			mailer: {
				...ports.mailer,
				async send(mail, key) {
					const [outcome, found] = await Promise.all([
						ports.mailer.send(mail, key),
						ports.contacts.find(mail.to),
					]);
					const isKnown = found.kind === 'ok' && found.value !== undefined;
					if (isKnown) await ports.wait(ports.choices.floorMs + 5);
					return outcome;
				},
			},
		}),
		app: (app) => app,
	},
} satisfies Record<string, TwinParts>;

/** Reads the name of a twin; undefined for the server as it is. */
export const twinSchema = z.enum(['words', 'time']).optional();

export type Twin = keyof typeof twins;

interface TwinParts {
	ports(ports: Ports): Ports;
	app(
		app: Hono,
		ports: Ports,
	): { fetch: (request: Request, env: unknown) => Response | Promise<Response> };
}
