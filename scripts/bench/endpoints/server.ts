/** `npm run serve` with its counters of sign-ups lifted, so that what stands behind them is measured. */
import { dirname, join } from 'node:path';
import { createApp } from '#/endpoints/app.ts';
import { defaultChoices } from '#/endpoints/choices.ts';
import { environment, serverEnvironment } from '#/environment.ts';
import { readSettings } from '#/settings.ts';
import { report } from '../../run.ts';
import { openPorts } from '../../serve/ports.ts';
import { startServer } from '../../serve/server.ts';

const many = 1_000_000_000;

try {
	const { contentDir, outDir, sandboxUrl } = environment();
	const server = serverEnvironment();
	const folder = join(outDir, 'newsletter');
	const ports = await openPorts({
		settings: readSettings(contentDir),
		choices: {
			limits: {
				...defaultChoices.limits,
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
	const running = await startServer(createApp(ports), { ...server, folder });
	console.error(`Serving ${dirname(folder)} at ${running.url}, as ${ports.publicUrl}.`);
} catch (error) {
	report(error);
}
