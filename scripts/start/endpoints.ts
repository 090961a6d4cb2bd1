import { randomBytes } from 'node:crypto';
import { machinePace } from '#/delivery/pace.ts';
import { setUpProperties } from '#/delivery/properties.ts';
import { openResend } from '#/delivery/resend.ts';
import { createApp } from '#/endpoints/app.ts';
import type { Sandbox } from '#/sandbox/server.ts';
import type { Settings } from '#/settings.ts';
import { openPorts } from '../serve/ports.ts';
import type { App } from '../serve/server.ts';

/**
 * The endpoints of the demo: over its sandbox, by its clock, with keys that end with it.
 * @param publicUrl - where the demo's newsletter is served
 * @param folder - absolute path of the built newsletter
 */
export async function demoEndpoints(
	sandbox: Sandbox,
	settings: Settings,
	publicUrl: string,
	folder: string,
): Promise<App> {
	await setUpProperties(openResend({ key: 're_sandbox', baseUrl: sandbox.url }, machinePace()));
	const webhook = await fetch(`${sandbox.url}/webhooks`, {
		method: 'POST',
		headers: { authorization: 'Bearer re_sandbox' },
		body: JSON.stringify({ endpoint: `${publicUrl}/webhook/resend`, events }),
	});
	// The sandbox is ours, and answers as Resend does.
	const { signing_secret: secret } = (await webhook.json()) as { signing_secret: string };
	const ports = await openPorts({
		settings,
		publicUrl,
		baseUrl: sandbox.url,
		sendKey: 're_sandbox',
		fullKey: 're_sandbox',
		tokenKeys: `k1:${randomBytes(32).toString('base64')}`,
		webhookSecrets: [secret],
		isBehindProxy: false,
		folder,
		now: () => sandbox.clock.now(),
		// A fault shows; every request would drown what the demo has to say.
		log: (entry) => {
			if (entry.event === 'error') console.error(JSON.stringify(entry));
		},
	});
	return createApp(ports);
}

const events = [
	'contact.updated',
	'contact.topics.updated',
	'email.bounced',
	'email.complained',
	'suppression.added',
];
