import { readCode } from './code.ts';
import type { Desk, Reason } from './code.ts';
import { readPeople } from './people-link.ts';
import { mergePeople, personKey } from './person.ts';
import type { Person } from './person.ts';
import { readFragment } from './round.ts';
import type { Round } from './round.ts';

/**
 * Reads what an organiser pasted: one code or link a line. A line that is refused changes nothing
 * else. A page without a round takes that of the first line that is accepted.
 * @param people - what the page has already
 */
export function readPaste(pasted: string, desk: Desk, people: readonly Person[]): Paste {
	const notes: PasteNote[] = [];
	let round: Round | undefined =
		desk.round !== undefined && desk.mode !== undefined
			? { round: desk.round, mode: desk.mode }
			: undefined;
	let all = mergePeople(people);
	let added = 0;

	for (const [index, text] of pasted.split(/\r\n|\r|\n/).entries()) {
		if (text.trim() === '') continue;
		const line = index + 1;
		const outcome = readLine(text, { ...desk, ...round });
		if (outcome.kind === 'refused') {
			notes.push({ line, words: lineWords(line, outcome.words, outcome.reason) });
			continue;
		}
		round ??= { round: outcome.round, mode: outcome.mode };
		const known = new Set(all.map(personKey));
		const [first] = outcome.people;
		if (outcome.isCode && first && known.has(personKey(first))) {
			const words = `Line ${line}: This code is here twice. Counted once.`;
			notes.push({ line, words, twice: personKey(first) });
		}
		all = mergePeople(all, outcome.people);
		added += all.length - known.size;
	}
	return { people: all, round, added, notes };
}

function readLine(text: string, desk: Desk): LineOutcome {
	const hash = text.indexOf('#');
	const fragment = hash < 0 ? undefined : readFragment(text.slice(hash).trim());
	if (!fragment?.people) {
		const outcome = readCode(text, desk);
		return outcome.kind === 'refused'
			? outcome
			: { ...outcome, people: [outcome.person], isCode: true };
	}
	const { round, mode } = fragment;
	if (desk.round !== undefined && (desk.round !== round || desk.mode !== mode)) {
		const words = `This link is from round ${round}, ${mode}; this page shows round ${desk.round}, ${desk.mode}.`;
		return { kind: 'refused', words };
	}
	const outcome = readPeople(fragment.people, desk.keys, { round, mode });
	return outcome.kind === 'refused' ? outcome : { ...outcome, round, mode, isCode: false };
}

function lineWords(line: number, words: string, reason: Reason | undefined): string {
	return reason === 'notACode' ? `Line ${line} is not an answer code.` : `Line ${line}: ${words}`;
}

type LineOutcome =
	| { kind: 'refused'; words: string; reason?: Reason }
	| ({ kind: 'person' | 'people'; people: readonly Person[]; isCode: boolean } & Round);

export interface Paste {
	/** Everything the page has now. */
	people: Person[];
	/** The page's round, or that of the first accepted line. */
	round: Round | undefined;
	/** How many sheets are new. */
	added: number;
	notes: PasteNote[];
}

export interface PasteNote {
	/** From 1. */
	line: number;
	words: string;
	/** For a code that is here twice: what `countAgain` takes, for the button "Count both". */
	twice?: string;
}
