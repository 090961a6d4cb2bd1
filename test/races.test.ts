/** Two senders at once, twenty times; `npm run bench -- races` does it five hundred times. */
import { expect, test } from 'vitest';
import { bluntness, isWrong, kindsOf, runRaces, storyOf } from '../scripts/bench/races.ts';

test(
	'two senders at once, with receipts in common or without, mail everybody once',
	{ timeout: 900_000 },
	async () => {
		const kinds = kindsOf(20);
		const results = await runRaces(kinds, 4, 2);
		expect(results).toHaveLength(kinds.length);
		// Whether two meet at the bad moment is the machine's affair: a round in which none did is
		// followed by another.
		for (let seed = 5; seed < 9 && bluntness(results) !== undefined; seed++) {
			results.push(...(await runRaces(kinds, seed, 2)));
		}
		const real = results.filter(({ kind }) => kind !== 'naive');
		expect(real.filter(isWrong).map(storyOf)).toEqual([]);
		expect(bluntness(results)).toBeUndefined();
	},
);
