/**
 * The protocol as a model, searched whole by Spin: what must hold does, and what must fail without
 * one of its parts, or with a worse provider, does fail. The second half shows that the first can.
 */
import { parseArgs } from 'node:util';
import { UserError } from '#/user-error.ts';
import { missingSpin, search } from './spin.ts';
import type { Finding } from './spin.ts';

/**
 * Prints a line of figures for each variant. The exit code is 1 where one is not as expected.
 * @throws UserError where Spin or a C compiler cannot be had
 */
export async function model(words: string[]): Promise<void> {
	const { values } = parseArgs({ args: words, options: { full: { type: 'boolean' } } });
	const missing = missingSpin();
	if (missing !== undefined) throw new UserError(missing, 'Nothing was searched.');
	const chosen = variants.filter(({ size }) => values.full === true || size !== 'large');

	console.log(row(['variant', 'expected', 'found', 'states', 'errors', 's', 'MB']));
	let states = 0;
	let surprises = 0;
	for (const variant of chosen) {
		const result = await search(variant.settings, variant.size === 'tiny');
		if (variant.expected === 'holds') states += result.states;
		if (result.found !== variant.expected) surprises += 1;
		console.log(
			row([
				variant.name,
				variant.expected,
				result.found,
				result.states.toLocaleString('en-GB'),
				`${result.errors}`,
				result.seconds.toFixed(1),
				result.memoryMb.toFixed(0),
			]),
		);
	}
	const holding = chosen.filter(({ expected }) => expected === 'holds').length;
	console.log(
		`\n${holding} variants that must hold, ${states.toLocaleString('en-GB')} states; ` +
			`${chosen.length - holding} that must fail; not as expected: ${surprises}`,
	);
	if (values.full !== true) console.log('3 runners with a stale list: add --full (3 min, 2.5 GB).');
	if (surprises > 0) process.exitCode = 1;
}

/**
 * Every variant, with what it must come to. Two crashes and one lost answer, unless it says other.
 * What settles a choice is the receipt; the second look at the list matters where there is none, or
 * where it gets lost.
 */
export const variants: readonly Variant[] = [
	{
		name: '2 runners, stale list',
		settings: { RUNNERS: 2, STALE: 1 },
		expected: 'holds',
		size: 'tiny',
	},
	{
		name: '3 runners, fresh list',
		settings: { RUNNERS: 3 },
		expected: 'holds',
		size: 'small',
	},
	{
		name: '3 runners, stale list',
		settings: { RUNNERS: 3, STALE: 1 },
		expected: 'holds',
		size: 'large',
	},
	{
		name: 'no second look, stale list',
		settings: { RUNNERS: 2, STALE: 1, SETTLE: 0 },
		expected: 'holds',
		size: 'tiny',
	},
	{
		name: 'no receipt, fresh list',
		settings: { RUNNERS: 2, RECEIPT: 0 },
		expected: 'holds',
		size: 'tiny',
	},
	{
		name: 'receipt lost once, fresh list',
		settings: { RUNNERS: 2, FORGET: 1 },
		expected: 'holds',
		size: 'tiny',
	},
	{
		name: 'receipt lost once, fresh list, 3 runners',
		settings: { RUNNERS: 3, FORGET: 1 },
		expected: 'holds',
		size: 'large',
	},
	{
		name: 'send with its time past, stale list',
		settings: { RUNNERS: 2, STALE: 1, LATE: 1 },
		expected: 'holds',
		size: 'tiny',
	},
	{
		name: 'hold by mark and reconcile, stale list',
		settings: { RUNNERS: 2, STALE: 1, HOLD: 1, RECONCILE: 1 },
		expected: 'holds',
		size: 'small',
	},
	{
		name: 'hold by deleting, send with its time past',
		settings: { RUNNERS: 2, STALE: 1, HOLD: 2, LATE: 1 },
		expected: 'holds',
		size: 'small',
	},
	{
		name: 'hold by mark, no crash, none lost',
		settings: { RUNNERS: 2, HOLD: 1, WINDOW: 1, CRASHES: 0, LOST: 0 },
		expected: 'holds',
		size: 'tiny',
	},
	{
		name: 'no receipt, stale list',
		settings: { RUNNERS: 2, RECEIPT: 0, STALE: 1 },
		expected: 'sent twice',
		size: 'tiny',
	},
	{
		name: 'no receipt, no second look, fresh list',
		settings: { RUNNERS: 2, RECEIPT: 0, SETTLE: 0 },
		expected: 'sent twice',
		size: 'tiny',
	},
	{
		name: 'receipt lost once, no second look, fresh list',
		settings: { RUNNERS: 2, FORGET: 1, SETTLE: 0 },
		expected: 'sent twice',
		size: 'tiny',
	},
	{
		name: 'receipt lost once, stale list',
		settings: { RUNNERS: 2, FORGET: 1, STALE: 1 },
		expected: 'sent twice',
		size: 'tiny',
	},
	{
		name: 'a provider that sends again what was sent',
		settings: { RUNNERS: 2, RESENDS: 1 },
		expected: 'sent twice',
		size: 'tiny',
	},
	{
		name: 'hold by mark, no reconcile, one crash',
		settings: { RUNNERS: 2, HOLD: 1, WINDOW: 1, CRASHES: 1, LOST: 0 },
		expected: 'sent although held',
		size: 'tiny',
	},
	{
		name: 'hold by mark, no reconcile, one lost request',
		settings: { RUNNERS: 2, HOLD: 1, WINDOW: 1, CRASHES: 0, LOST: 1 },
		expected: 'sent although held',
		size: 'tiny',
	},
	{
		name: 'hold by mark, send with its time past',
		settings: { RUNNERS: 2, HOLD: 1, RECONCILE: 1, LATE: 1 },
		expected: 'sent although held',
		size: 'tiny',
	},
	{
		name: 'nobody runs it again after a crash',
		settings: { RUNNERS: 2, RERUN: 0 },
		expected: 'lost',
		size: 'tiny',
	},
];

function row(cells: readonly string[]): string {
	return cells
		.map((cell, at) => {
			const width = widths[at] ?? 0;
			return at < 3 ? cell.padEnd(width) : cell.padStart(width);
		})
		.join(' ');
}

const widths = [46, 18, 18, 11, 6, 6, 5];

export interface Variant {
	name: string;
	/** What differs from the defaults of docs/protocol/send.pml. */
	settings: Record<string, number>;
	expected: Finding;
	/** By states until its end: below half a million, some millions, more. */
	size: 'tiny' | 'small' | 'large';
}
