import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { currentVersion, filled, wordingOf, wordings } from './wording.ts';

/**
 * What was agreed to under each version, as a digest. A version gets its line when it is made, and no
 * line is ever changed: people's consents point to it.
 */
const digests: Record<string, string> = {
	'2026-11': 'a77451ad09cbcb6f46b73e4c55fce9673a871496aa66cc0b52a1c781ff0c673e',
};

function digestOf(words: unknown): string {
	return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}

test('the words of a version never change: other words are a new version', () => {
	for (const [version, words] of Object.entries(wordings)) {
		expect(digestOf(words), `The words of ${version} changed: give them a new version.`).toBe(
			digests[version],
		);
	}
	expect(Object.keys(wordings)).toEqual(Object.keys(digests));
});

test('a changed comma is another digest', () => {
	const words = wordings['2026-11'];
	const changed = { ...words, consent: words.consent.replace(',', '') };
	expect(digestOf(changed)).not.toBe(digests['2026-11']);
});

test('new consents are asked under the newest version', () => {
	expect(currentVersion).toBe(Object.keys(wordings).toSorted().at(-1));
});

test('every version that a consent may hold leads to its words, and nothing else does', () => {
	expect(wordingOf('2026-11')?.consent).toContain('I can leave at any time');
	for (const other of ['', '2025-01', '__proto__', 'toString', 'constructor']) {
		expect(wordingOf(other)).toBeUndefined();
	}
});

test('no word of it stands in the pages or mails themselves, where it would change unnoticed', () => {
	const root = join(import.meta.dirname, '..');
	const users = ['endpoints/confirm.ts', 'endpoints/subscribe.ts', 'email/confirm.ts'].map((file) =>
		readFileSync(join(root, file), 'utf8'),
	);
	const words = Object.values(wordings).flatMap(({ consent, page, mail }) => [
		consent,
		...Object.values(page),
		...Object.values(mail),
	]);
	for (const text of words) {
		const longest = text.split(/\{\w+\}/).toSorted((a, b) => b.length - a.length)[0] ?? '';
		if (longest.trim().length < 12) continue;
		expect(
			users.some((source) => source.includes(longest.trim())),
			text,
		).toBe(false);
	}
});

test('the facts of a firm take their places, and other braces stay', () => {
	const facts = { publication: '{weekday} $& News', weekday: 'Tuesday', validity: 'two days' };
	expect(filled('{publication}, {weekday}, {validity}, {other}', facts)).toBe(
		'{weekday} $& News, Tuesday, two days, {other}',
	);
});
