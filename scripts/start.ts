/**
 * `npm start`: the demo. Both sites, the sandbox inbox and seeded readers on loopback, on the
 * morning of the next unsent issue. Ctrl-C ends all of it; nothing leaves this machine.
 */
import { parseArgs } from 'node:util';
import { environment } from '#/environment.ts';
import { startDemo } from './start/demo.ts';
import { report } from './run.ts';

try {
	const { values } = parseArgs({
		options: {
			'playbook-port': { type: 'string', default: '4321' },
			'newsletter-port': { type: 'string', default: '4322' },
			'inbox-port': { type: 'string', default: '4323' },
		},
	});
	const demo = await startDemo(environment(), {
		playbook: Number(values['playbook-port']),
		newsletter: Number(values['newsletter-port']),
		inbox: Number(values['inbox-port']),
	});
	console.log(demo.welcome);
	const end = (): void => {
		demo.close().then(
			() => console.log('\nThe demo has ended.'),
			(error: unknown) => report(error),
		);
	};
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
} catch (error) {
	report(error);
}
