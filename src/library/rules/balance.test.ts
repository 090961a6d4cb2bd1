import { expect, test } from 'vitest';
import { addDays } from '#/day.ts';
import { found } from '#/library/sample.ts';

test('remarks when fewer than half of the tips need both teams', async () => {
	const good = { 'tip/two': { together: false } };
	const bad = { 'tip/two': { together: false }, 'tip/three': { together: false } };
	expect(await found('balance/together', good)).toEqual([]);
	expect(await found('balance/together', bad)).toMatchInlineSnapshot(`
		[
		  "report tips 1 of 3 tips need someone from the other team; at least half do best. Plan tips that two people do together.",
		]
	`);
});

test('remarks when eight issues forget a team', async () => {
	const good = issuesFor([
		'both',
		'both',
		'sales',
		'sales',
		'leadership',
		'sales',
		'both',
		'sales',
	]);
	const bad = issuesFor(['both', 'both', 'sales', 'sales', 'both', 'sales', 'both', 'sales']);
	expect(await found('balance/function', good)).toEqual([]);
	expect(await found('balance/function', bad)).toMatchInlineSnapshot(`
		[
		  "report issues issues 1 to 8 have 0 tips for leadership, at least 1. Plan one for leadership.",
		]
	`);
});

test('remarks when four issues keep to one topic', async () => {
	const good = issuesFor(
		['both', 'both', 'both', 'both'],
		['launch', 'people', 'people', 'launch'],
	);
	const bad = issuesFor(['both', 'both', 'both', 'both'], ['launch', 'people', 'people', 'people']);
	expect(await found('balance/topic', good)).toEqual([]);
	expect(await found('balance/topic', bad)).toMatchInlineSnapshot(`
		[
		  "report issues issues 1 to 4 lead with people more than twice. Mix the topics.",
		]
	`);
});

/** Issues from number 1 on, each with a tip for a team and, if given, on a topic. */
function issuesFor(teams: string[], topics: string[] = []) {
	const days = teams.map((_, i) => addDays('2026-12-01', 7 * i));
	return Object.fromEntries(
		teams.flatMap((team, i) => [
			[`tip/t${i}`, { function: team, topic: topics[i] ?? 'planning' }],
			[
				`issue/00${i + 1}-${i === 0 ? 'ask-first' : 'x'}`,
				{ number: i + 1, tip: `tip/t${i}`, sendOn: days[i], subject: `Issue ${i + 1} is here` },
			],
		]),
	);
}
