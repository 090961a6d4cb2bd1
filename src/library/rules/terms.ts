import { refsOf } from '#/library/entries.ts';
import type { EntryOf } from '#/library/entry.ts';
import type { Problem } from '#/problem.ts';
import { finding, isDraft } from './finding.ts';
import type { ShelfFacts } from './finding.ts';

/** One glossary: a name leads to one term, pairs and counter-views point at each other. */
export function checkTerms(shelf: ShelfFacts): Problem[] {
	const terms = shelf.entries.filter((entry): entry is EntryOf<'term'> => entry.kind === 'term');
	const byRef = refsOf(shelf.entries);
	const problems: Problem[] = [];
	const names = new Map<string, EntryOf<'term'>>();
	for (const term of terms) {
		const twin = names.get(term.data.title.toLowerCase());
		if (!twin) {
			names.set(term.data.title.toLowerCase(), term);
			continue;
		}
		problems.push(
			finding(shelf, term, ['title'], {
				rule: 'term/title',
				level: 'error',
				message: `"${term.data.title}" is also the title of ${twin.file}.`,
				fix: 'Make one term of the two, or say which sense each has.',
			}),
		);
	}
	for (const term of terms) {
		for (const [i, alias] of term.data.aliases.entries()) {
			const other = names.get(alias.toLowerCase());
			if (other) {
				problems.push(
					finding(shelf, term, ['aliases', i], {
						rule: 'term/alias',
						level: 'error',
						message: `"${alias}" is also a name of ${other.file}.`,
						fix: 'Keep it at one of the two.',
					}),
				);
			} else {
				names.set(alias.toLowerCase(), term);
			}
		}
		const pair = term.data.pair ? byRef.get(term.data.pair) : undefined;
		if (pair?.kind === 'term' && byRef.get(pair.data.pair ?? '') !== term) {
			problems.push(
				finding(shelf, term, ['pair'], {
					rule: 'term/pair',
					level: 'error',
					message: `${pair.ref} does not point back.`,
					fix: `Add pair: ${term.ref} in ${pair.file}.`,
				}),
			);
		}
		if (new RegExp(`\\b${escape(term.data.title)}\\b`, 'i').test(term.data.short)) {
			problems.push(
				finding(shelf, term, ['short'], {
					rule: 'term/circular',
					level: 'error',
					message: `uses the word "${term.data.title}" itself.`,
					fix: 'Say it in other words.',
				}),
			);
		}
		if (term.data.local && term.data.ours === undefined && !isDraft(term)) {
			problems.push(
				finding(shelf, term, ['local'], {
					rule: 'term/ours',
					level: 'error',
					message: 'the firm writes its own rule, but ours is missing.',
					fix: 'Add ours: a rule a stranger could apply, or ours: null until it is agreed.',
				}),
			);
		}
	}
	for (const entry of shelf.entries) {
		if (entry.kind !== 'tip' || !entry.data.counter) continue;
		const counter = byRef.get(entry.data.counter);
		if (counter?.kind === 'tip' && byRef.get(counter.data.counter ?? '') !== entry) {
			problems.push(
				finding(shelf, entry, ['counter'], {
					rule: 'tip/counter',
					level: 'error',
					message: `${counter.ref} does not name this tip as its counter.`,
					fix: `Add counter: ${entry.ref} in ${counter.file}.`,
				}),
			);
		}
	}
	return problems;
}

function escape(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
