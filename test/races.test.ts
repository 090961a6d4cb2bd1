/** Two senders at once, twenty times; `npm run bench -- races` does it five hundred times. */
import { expect, test } from 'vitest';
import { isWrong, kindsOf, refuseBlunt, runRaces, storyOf } from '../scripts/bench/races.ts';

test(
	'two senders at once, with receipts in common or without, mail everybody once',
	{ timeout: 900_000 },
	async () => {
		const kinds = kindsOf(20);
		const results = await runRaces(kinds, 4, 2);
		expect(results).toHaveLength(kinds.length);
		const real = results.filter(({ kind }) => kind !== 'naive');
		expect(real.filter(isWrong).map(storyOf)).toEqual([]);
		refuseBlunt(results);
	},
);
