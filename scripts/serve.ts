/**
 * `npm run serve`: the public site and its endpoints, on Node. A proxy with TLS stands before it.
 * Prints a line of JSON for each request to an endpoint, and never an address.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '#/endpoints/app.ts';
import { environment, serverEnvironment } from '#/environment.ts';
import { readSettings } from '#/settings.ts';
import { UserError } from '#/user-error.ts';
import { report } from './run.ts';
import { openPorts } from './serve/ports.ts';
import { startServer } from './serve/server.ts';

try {
	const { contentDir, outDir, sandboxUrl, resendBaseUrl } = environment();
	const server = serverEnvironment();
	const settings = readSettings(contentDir);
	const folder = join(outDir, 'newsletter');
	if (!existsSync(join(folder, 'index.html'))) {
		throw new UserError('The public site is not built.', 'Run npm run build first.');
	}
	const inSandbox = sandboxUrl === undefined ? undefined : 're_sandbox';
	const ports = await openPorts({
		settings,
		publicUrl: server.publicOrigin ?? settings.sites.public,
		baseUrl: sandboxUrl ?? resendBaseUrl,
		sendKey: needed('RESEND_SEND_KEY', server.sendKey ?? inSandbox),
		fullKey: needed('RESEND_FULL_KEY', server.fullKey ?? inSandbox),
		tokenKeys: needed('TOKEN_KEYS', server.tokenKeys),
		webhookSecrets: server.webhookSecrets,
		isBehindProxy: server.isBehindProxy,
		folder,
		log: (entry) => console.log(JSON.stringify({ time: new Date().toISOString(), ...entry })),
	});
	const running = await startServer(createApp(ports), {
		...server,
		folder,
		isHttps: ports.publicUrl.startsWith('https:'),
	});
	console.error(`Serving ${settings.publication} at ${running.url}, as ${ports.publicUrl}.`);
	if (server.webhookSecrets.length === 0) {
		console.error('RESEND_WEBHOOK_SECRET is not set: no report of Resend is believed.');
	}
	const end = (): void => {
		console.error('Ending: what is under way is answered first.');
		running.close().then(
			() => console.error('Ended.'),
			(error: unknown) => report(error),
		);
	};
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
} catch (error) {
	report(error);
}

function needed(name: string, value: string | undefined): string {
	if (value !== undefined) return value;
	throw new UserError(
		`${name} is not set.`,
		'What it holds is explained in src/environment.ts. Nothing was started.',
	);
}
