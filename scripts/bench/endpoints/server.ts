/**
 * `npm run serve` with its counters of sign-ups lifted, so that what stands behind them is measured.
 * A word after it names a twin that tells who is on the list.
 */
import { dirname, join } from 'node:path';
import { createApp } from '#/endpoints/app.ts';
import { choicesOf } from '#/endpoints/choices.ts';
import { environment, serverEnvironment } from '#/environment.ts';
import { readSettings } from '#/settings.ts';
import { report } from '../../run.ts';
import { openPorts } from '../../serve/ports.ts';
import { startServer } from '../../serve/server.ts';
import { twinSchema, twins } from './twin.ts';

const many = 1_000_000_000;

try {
	const { contentDir, outDir, sandboxUrl } = environment();
	const server = serverEnvironment();
	const folder = join(outDir, 'newsletter');
	const settings = readSettings(contentDir);
	const name = twinSchema.parse(process.argv[2]);
	const twin = name === undefined ? undefined : twins[name];
	const opened = await openPorts({
		settings,
		choices: {
			limits: {
				...choicesOf(settings).limits,
				perClient: { minute: many, hour: many },
				perDomainHour: many,
				perHour: many,
				entries: 1_000_000,
			},
		},
		publicUrl: server.publicOrigin ?? '',
		baseUrl: sandboxUrl,
		sendKey: 're_sandbox',
		fullKey: 're_sandbox',
		tokenKeys: server.tokenKeys ?? '',
		webhookSecrets: server.webhookSecrets,
		isBehindProxy: server.isBehindProxy,
		folder,
		log: (entry) => console.log(JSON.stringify({ time: new Date().toISOString(), ...entry })),
	});
	const ports = twin?.ports(opened) ?? opened;
	const app = createApp(ports);
	const running = await startServer(twin?.app(app, ports) ?? app, { ...server, folder });
	console.error(`Serving ${dirname(folder)} at ${running.url}, as ${ports.publicUrl}.`);
} catch (error) {
	report(error);
}
