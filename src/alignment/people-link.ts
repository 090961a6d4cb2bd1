import { fits } from './code.ts';
import { mergePeople } from './person.ts';
import type { Person } from './person.ts';
import type { SetKeys } from './question-set.ts';
import type { Round } from './round.ts';
import { mistypedLink, refusedLink, seal, unseal } from './seal.ts';
import type { RefusedLink } from './seal.ts';
import { readSheet, sheetWidth, writeSheet } from './sheet.ts';

/**
 * All sheets of an open round as the `people` of a fragment: nine characters a person for twelve
 * items. Undefined for a closed round, of which no link carries rows: see `result.ts`.
 */
export function writePeople(
	keys: SetKeys,
	round: Round,
	people: readonly Person[],
): string | undefined {
	if (round.mode === 'closed') return undefined;
	const rows = mergePeople(people).flatMap((person) =>
		// "Count both" is a row that stands twice.
		Array.from({ length: person.times }, () => writeSheet(person, 'open')),
	);
	return seal(rows.join(''), keys, round);
}

/** Reads what `writePeople` wrote for this page's set, or says in words why not. */
export function readPeople(typed: string, keys: SetKeys, round: Round): PeopleOutcome {
	const link = unseal(typed, keys, round);
	if (link.kind === 'refused') return link;
	if (round.mode === 'closed')
		return refusedLink('A closed round has no link with single answers.');
	const count = keys.highest.length;
	const rows = new Map<string, Person>();
	for (const row of link.body.match(new RegExp(`.{1,${sheetWidth(count)}}`, 'g')) ?? []) {
		const sheet = readSheet(row, count);
		if (!sheet || !fits(sheet.person, keys) || sheet.mode !== 'open')
			return refusedLink(mistypedLink);
		rows.set(row, { ...sheet.person, times: (rows.get(row)?.times ?? 0) + 1 });
	}
	return { kind: 'people', people: mergePeople([...rows.values()]) };
}

export type PeopleOutcome = { kind: 'people'; people: Person[] } | RefusedLink;
