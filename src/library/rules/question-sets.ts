import { crc32 } from 'node:zlib';
import type { EntryOf } from '#/library/entry.ts';
import type { Problem } from '#/problem.ts';
import { finding } from './finding.ts';
import type { ShelfFacts } from './finding.ts';

/**
 * No two sets that are compared share the key by which an answer code names its set: the code of
 * one would be taken for the other's.
 */
export function checkQuestionSets(shelf: ShelfFacts): Problem[] {
	const keys = new Map<number, EntryOf<'questions'>>();
	const problems: Problem[] = [];
	for (const entry of shelf.entries) {
		if (entry.kind !== 'questions' || entry.data.mode === 'reflect') continue;
		const key = answerKey(entry.slug);
		const other = keys.get(key);
		if (!other) {
			keys.set(key, entry);
			continue;
		}
		problems.push(
			finding(shelf, entry, [], {
				rule: 'questions/key',
				level: 'error',
				message: `answer codes cannot tell this set from ${other.file}.`,
				fix: 'Give the newer of the two another file name.',
			}),
		);
	}
	return problems;
}

/** The lowest ten bits of the slug's CRC-32: what the shortest codes hold of it. */
export function answerKey(slug: string): number {
	return crc32(slug) & 0x3ff;
}
