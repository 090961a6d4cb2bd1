/**
 * The endpoints: subscribe, confirm, preferences, leave, and the provider's reports. A Hono app on
 * standard requests and answers, with no content in it and nothing of its host: it runs wherever
 * Hono runs.
 */
import { Hono } from 'hono';
import { confirm, showConfirm } from './confirm.ts';
import { secure } from './headers.ts';
import { formStyle, pageAnswer } from './page.ts';
import { isEndpoint, pathOf, paths } from './path.ts';
import type { Ports } from './ports.ts';
import { preferences, showPreferences } from './preferences.ts';
import { formScript } from './script.ts';
import { lost, ourFault, unclear } from './screens.ts';
import { showSubscribe, subscribe } from './subscribe.ts';
import { showUnsubscribe, unsubscribe } from './unsubscribe.ts';
import { webhook } from './webhook.ts';

/** Makes the app. It keeps nothing between two requests but the counters in its ports. */
export function createApp(ports: Ports): Hono {
	const app = new Hono({ getPath: pathOf });
	const isHttps = ports.publicUrl.startsWith('https:');

	app.use('*', async (context, next) => {
		const started = ports.now().getTime();
		const isDone = await within(ports.choices.requestMs, next());
		context.res = secure(isDone ? context.res : pageAnswer(unclear, ports), isHttps);
		ports.log({
			event: 'request',
			path: shownPath(context.req.raw),
			method: context.req.method,
			status: context.res.status,
			ms: ports.now().getTime() - started,
		});
	});

	for (const [path, methods] of table) {
		for (const [method, handle] of Object.entries(methods)) {
			app.on(method, path, (context) => handle(context.req.raw, context.env, ports));
		}
		const allow = Object.keys(methods)
			.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
			.join(', ');
		app.all(path, () => new Response('', { status: 405, headers: { allow } }));
	}
	app.notFound(() => pageAnswer(lost, ports));
	app.onError((error, context) => {
		// The message could hold what somebody typed.
		const at = /\n\s+at (?<at>[^\n]+)/.exec(error.stack ?? '')?.groups?.['at'] ?? 'unknown';
		const path = shownPath(context.req.raw);
		ports.log({ event: 'error', path, method: context.req.method, what: error.name, at });
		return pageAnswer(ourFault, ports);
	});
	return app;
}

/** False where the work is not done in time. It goes on then, but nobody waits for it. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<boolean>((resolve) => {
		timer = setTimeout(() => resolve(false), ms);
	});
	try {
		return await Promise.race([work.then(() => true), late]);
	} finally {
		clearTimeout(timer);
	}
}

/** What a log may hold of a path: one of our own, for others may hold anything. */
function shownPath(request: Request): string {
	return isEndpoint(request) ? pathOf(request) : 'unknown';
}

function style(_request: Request, _env: unknown, ports: Ports): Response {
	return new Response(ports.stylesheet + formStyle, {
		headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' },
	});
}

function script(): Response {
	return new Response(formScript, {
		headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'max-age=3600' },
	});
}

/** Each path with what it takes; anything else is answered 405. */
const table: readonly [string, Partial<Record<'GET' | 'POST', Handle>>][] = [
	[
		paths.subscribe,
		{ GET: (request, _env, ports) => showSubscribe(request, ports), POST: subscribe },
	],
	[paths.style, { GET: style }],
	[paths.script, { GET: script }],
	[
		paths.confirm,
		{
			GET: (request, _env, ports) => showConfirm(request, ports),
			POST: (request, _env, ports) => confirm(request, ports),
		},
	],
	[
		paths.preferences,
		{
			GET: (request, _env, ports) => showPreferences(request, ports),
			POST: (request, _env, ports) => preferences(request, ports),
		},
	],
	[
		paths.unsubscribe,
		{
			GET: (request, _env, ports) => showUnsubscribe(request, ports),
			POST: (request, _env, ports) => unsubscribe(request, ports),
		},
	],
	[paths.webhook, { POST: (request, _env, ports) => webhook(request, ports) }],
	[paths.health, { GET: () => new Response('ok\n') }],
];

type Handle = (request: Request, env: unknown, ports: Ports) => Response | Promise<Response>;
