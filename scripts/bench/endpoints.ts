import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { environment } from '#/environment.ts';
import { UserError } from '#/user-error.ts';
import type { Finding } from './endpoints/finding.ts';
import { hostile } from './endpoints/hostile.ts';
import { largeBodies } from './endpoints/large-body.ts';
import { load } from './endpoints/load.ts';
import { outage } from './endpoints/outage.ts';
import { scanners } from './endpoints/scanners.ts';
import { openStage } from './endpoints/stage.ts';
import type { Stage } from './endpoints/stage.ts';
import { timing } from './endpoints/timing.ts';

/**
 * What the endpoints bear, over HTTP on loopback: the server in one process, the sandbox in another,
 * a client of ours in this one. The exit code is 1 where a promise is broken.
 * @throws UserError where the public site is not built, or a part is not known
 */
export async function run(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			part: {
				type: 'string',
				multiple: true,
				default: ['bodies', 'limits', 'load', 'hostile', 'outage', 'timing', 'scanners'],
			},
			site: { type: 'string', default: join(environment().outDir, 'newsletter') },
			connections: { type: 'string', default: '32,128,256' },
			seconds: { type: 'string', default: '30' },
			'sign-ups': { type: 'string', default: '100000' },
			down: { type: 'string', default: '60' },
			each: { type: 'string', default: '2000' },
			hits: { type: 'string', default: '10000' },
			visits: { type: 'string', default: '200' },
			chromium: { type: 'string', default: '/usr/bin/chromium' },
		},
	});
	const site = resolve(values.site);
	if (!existsSync(join(site, 'index.html'))) {
		throw new UserError(
			'The public site is not built.',
			'Run npm run build first, or give --site DIR.',
		);
	}
	const outDir = dirname(site);
	const signUps = Number(values['sign-ups']);
	const parts: Record<string, Part> = {
		bodies: { limits: 'as they are', measure: largeBodies },
		limits: {
			limits: 'as they are',
			measure: (stage) =>
				hostile(stage, { signUps: Math.ceil(signUps / 10), victims: 1_000, connections: 64 }),
		},
		load: {
			limits: 'lifted',
			async measure(stage) {
				const findings: Finding[] = [];
				for (const connections of values.connections.split(',').map(Number)) {
					findings.push(...(await load(stage, { connections, seconds: Number(values.seconds) })));
				}
				return findings;
			},
		},
		hostile: {
			limits: 'lifted',
			measure: (stage) => hostile(stage, { signUps, victims: 1_000, connections: 128 }),
		},
		outage: {
			limits: 'lifted',
			measure: (stage) => outage(stage, { seconds: Number(values.down) }),
		},
		timing: {
			limits: 'lifted',
			measure: (stage) =>
				timing(stage, { each: Number(values.each), connections: 20, shuffles: 2_000 }),
		},
		scanners: {
			limits: 'lifted',
			measure: (stage) =>
				scanners(stage, {
					hits: Number(values.hits),
					visits: Number(values.visits),
					browser: values.chromium,
				}),
		},
	};
	for (const name of values.part) {
		const part = parts[name];
		if (!part) {
			throw new UserError(
				`"${name}" is no part of it.`,
				`The parts are: ${Object.keys(parts).join(', ')}.`,
			);
		}
		console.log(`\n${name} (limits ${part.limits})`);
		const stage = await openStage(outDir, part.limits);
		try {
			for (const { isGood, text } of await part.measure(stage)) {
				console.log(`${isGood ? '  ok  ' : '  NOT '}${text}`);
				if (!isGood) process.exitCode = 1;
			}
		} finally {
			await stage.close();
		}
	}
}

interface Part {
	/** Whether sign-ups are counted as an operator's server counts them. */
	limits: Parameters<typeof openStage>[1];
	measure(stage: Stage): Promise<Finding[]>;
}
