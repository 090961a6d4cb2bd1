/** Our side of ALTCHA against the library's own client. */
import { createChallenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import { describe, expect, test } from 'vitest';
import { openTokens } from '#/delivery/token.ts';
import { openOnce } from './once.ts';
import { openPuzzle } from './puzzle.ts';
import type { Puzzle } from './puzzle.ts';

const ada = 'ada@example.com';

/** A puzzle with a clock of its own, years away from the machine's. */
async function aPuzzle({ key = 1, most = 100 } = {}) {
	const time = { ms: Date.parse('2020-01-01T00:00:00Z') };
	const now = () => new Date(time.ms);
	const tokens = openTokens([{ id: 'k1', root: new Uint8Array(32).fill(key) }]);
	const puzzle = await openPuzzle({ tokens, once: openOnce(most, now), now });
	return { puzzle, pass: (seconds: number) => (time.ms += seconds * 1000) };
}

async function solved(challenge: Challenge) {
	const solution = await solveChallenge({ challenge, deriveKey });
	if (!solution) throw new Error('It was not solved.');
	return { challenge, solution };
}

function sent(payload: unknown): string {
	return btoa(JSON.stringify(payload));
}

async function workFor(address: string, puzzle: Puzzle) {
	return solved(await puzzle.create(address));
}

describe('a puzzle', () => {
	test('that the library’s own client solved counts, in any spelling of the address, and once', async () => {
		const { puzzle } = await aPuzzle();
		const work = sent(await workFor(ada, puzzle));
		expect(await puzzle.take(work, 'ADA@example.com')).toBe(true);
		expect(await puzzle.take(work, ada)).toBe(false);
	});

	test('takes hundreds of guesses, so that each sign-up costs something', async () => {
		const { puzzle } = await aPuzzle();
		const { solution } = await workFor(ada, puzzle);
		expect(solution.counter).toBeGreaterThanOrEqual(500);
	});

	test('counts for the address it was set for, and for no other', async () => {
		const { puzzle } = await aPuzzle();
		const work = sent(await workFor(ada, puzzle));
		expect(await puzzle.take(work, 'ben@example.org')).toBe(false);
		expect(await puzzle.take(work, ada)).toBe(true);
	});

	test('ends after ten minutes', async () => {
		const { puzzle, pass } = await aPuzzle();
		const [early, late] = [await workFor(ada, puzzle), await workFor(ada, puzzle)];
		pass(599);
		expect(await puzzle.take(sent(early), ada)).toBe(true);
		pass(1);
		expect(await puzzle.take(sent(late), ada)).toBe(false);
	});

	test('with no room left to remember it does not count', async () => {
		const { puzzle, pass } = await aPuzzle({ most: 1 });
		expect(await puzzle.take(sent(await workFor(ada, puzzle)), ada)).toBe(true);
		expect(await puzzle.take(sent(await workFor(ada, puzzle)), ada)).toBe(false);
		pass(600);
		expect(await puzzle.take(sent(await workFor(ada, puzzle)), ada)).toBe(true);
	});

	test('set under another key does not count', async () => {
		const [ours, theirs] = [await aPuzzle(), await aPuzzle({ key: 2 })];
		const work = sent(await workFor(ada, theirs.puzzle));
		expect(await theirs.puzzle.take(work, ada)).toBe(true);
		expect(await ours.puzzle.take(work, ada)).toBe(false);
	});

	test('that somebody set for themselves does not count', async () => {
		const { puzzle } = await aPuzzle();
		const { data } = (await puzzle.create(ada)).parameters;
		const own = await createChallenge({
			algorithm: 'PBKDF2/SHA-256',
			cost: 1_000,
			counter: 1,
			deriveKey,
			...(data && { data }),
			hmacSignatureSecret: 'guessed',
			hmacKeySignatureSecret: 'guessed',
		});
		expect(await puzzle.take(sent(await solved(own)), ada)).toBe(false);
	});
});

describe('a wrong answer', () => {
	test('of any shape is none, and spoils nothing', async () => {
		const { puzzle } = await aPuzzle();
		const { challenge, solution } = await workFor(ada, puzzle);
		const { parameters, signature } = challenge;
		const other = await workFor(ada, puzzle);
		const wrong: Record<string, unknown> = {
			'no key': { challenge, solution: { ...solution, derivedKey: '' } },
			'another key': { challenge, solution: { ...solution, derivedKey: '00'.repeat(32) } },
			'only the prefix': {
				challenge,
				solution: { ...solution, derivedKey: parameters.keyPrefix.padEnd(64, '0') },
			},
			'the answer to another': { challenge, solution: other.solution },
			'another’s signature': {
				challenge: { parameters, signature: other.challenge.signature },
				solution,
			},
			'no signature': { challenge: { parameters }, solution },
			'an empty signature': { challenge: { parameters, signature: '' }, solution },
			'the signature in capitals': {
				challenge: { parameters, signature: signature?.toUpperCase() },
				solution,
			},
			'less work': {
				challenge: { parameters: { ...parameters, cost: 1 }, signature },
				solution,
			},
			'a longer life': {
				challenge: {
					parameters: { ...parameters, data: { ...parameters.data, exp: 4e9 } },
					signature,
				},
				solution,
			},
			'no key to hold it against': {
				challenge: { parameters: { ...parameters, keySignature: undefined }, signature },
				solution,
			},
			'more fields': { challenge: { parameters, signature, codeChallenge: {} }, solution },
			'a number': 7,
			nothing: null,
		};
		for (const [name, payload] of Object.entries(wrong)) {
			expect(await puzzle.take(sent(payload), ada), name).toBe(false);
		}
		for (const text of ['', 'x', '{}', btoa('{'), 'é', 'A'.repeat(8_000)]) {
			expect(await puzzle.take(text, ada), text).toBe(false);
		}
		expect(await puzzle.take(sent({ challenge, solution }), ada)).toBe(true);
	});
});
