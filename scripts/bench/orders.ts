import { parseArgs } from 'node:util';
import type { Ports } from '#/endpoints/ports.ts';
import { openDesk } from './orders/desk.ts';
import { live } from './orders/order.ts';
import { random } from './random.ts';

/**
 * Lives many lives on the list, each on a sandbox of its own, and counts where somebody who left is
 * mailed or somebody who said yes is lost. The exit code is 1 for any.
 */
export async function run(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			lives: { type: 'string', default: '100000' },
			seed: { type: 'string', default: '1' },
		},
	});
	const lives = Number(values.lives);
	const start = performance.now();
	const result = await liveMany(Number(values.seed), lives, (done, wrong) => {
		const seconds = (performance.now() - start) / 1000;
		const pace = `${(done / seconds).toFixed(0)} a second`;
		console.error(`${done} of ${lives} lives, ${wrong} wrong, ${pace}`);
	});
	for (const { seed, wrong, steps } of result.wrongs.slice(0, 5)) {
		console.log(`seed ${seed}: ${wrong}\n  ${steps.join('\n  ')}`);
	}
	const seconds = ((performance.now() - start) / 1000).toFixed(0);
	console.log(
		`${lives} lives in ${seconds} s: ${result.steps} requests to the provider, ${result.wrongs.length} wrong`,
	);
	if (result.wrongs.length > 0) process.exitCode = 1;
}

/**
 * Lives with seeds `first`, `first + 1`, …
 * @param spoil - ports to put in the place of the real ones, to see that a fault would be found
 */
export async function liveMany(
	first: number,
	count: number,
	progress: (done: number, wrong: number) => void = () => {},
	spoil: (ports: Ports) => Partial<Ports> = () => ({}),
): Promise<Lived> {
	const wrongs: Lived['wrongs'] = [];
	let steps = 0;
	let done = 0;
	while (done < count) {
		// A sandbox keeps what happened: after some lives a fresh one is faster.
		const desk = await openDesk();
		Object.assign(desk.ports, spoil(desk.ports));
		for (let here = 0; here < perDesk && done < count; here += 1, done += 1) {
			const seed = first + done;
			const dice = random(seed);
			Object.assign(desk.sandbox.knobs, {
				webhookCopies: dice.one([1, 2]),
				webhookDisorder: dice.one([true, false]),
				pessimistic: dice.one([
					[],
					['C16'],
					['C17'],
					['C21'],
					['C22'],
					['C16', 'C17', 'C21', 'C22'],
				]),
			});
			const wrong = await live(`p${seed}@example.com`, dice, desk);
			if (wrong) wrongs.push({ seed, ...wrong });
			forget(desk);
		}
		steps += desk.sandbox.journal().at(-1)?.number ?? 0;
		await desk.close();
		progress(done, wrongs.length);
	}
	return { wrongs, steps };
}

/** Between two lives the account is emptied of people and what they got. */
function forget({ sandbox, log }: Awaited<ReturnType<typeof openDesk>>): void {
	const { contacts, emails, mails, notices, suppressions, links, idempotency } = sandbox.state;
	for (const store of [contacts, emails, suppressions, links, idempotency]) store.clear();
	mails.length = 0;
	notices.length = 0;
	log.length = 0;
}

const perDesk = 1_000;

interface Lived {
	wrongs: { seed: number; wrong: string; steps: string[] }[];
	/** Requests that the sandbox answered. */
	steps: number;
}
