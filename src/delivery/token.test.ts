import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openTokens, parseTokenKeys } from './token.ts';
import type { Purpose } from './token.ts';

const key = (n: number) => ({ id: `k${n}`, root: new Uint8Array(32).fill(n) });
const now = new Date('2026-11-24T10:00:00Z');
const iat = now.getTime() / 1000;
const purposes: readonly Purpose[] = ['confirm', 'unsub', 'undo', 'prefs', 'form'];
const facts = { e: 'ada@example.com' };

describe('a token', () => {
	test('gives back what was sealed, and when', async () => {
		const tokens = openTokens([key(1)]);
		const token = await tokens.mint('confirm', facts, { iat, exp: iat + 60 });
		expect(await tokens.open('confirm', token, now)).toEqual({
			facts,
			iat,
			exp: iat + 60,
			id: token.slice(-43, -27),
		});
		expect(token).not.toContain('ada');
	});

	test('is the same for the same facts and times', async () => {
		const mint = () => openTokens([key(1)]).mint('confirm', facts, { iat, exp: 0 });
		expect(await mint()).toBe(await mint());
	});

	test('ends on the second, and one that ends at 0 never does', async () => {
		const tokens = openTokens([key(1)]);
		const token = await tokens.mint('prefs', facts, { iat, exp: iat + 60 });
		const at = (seconds: number) => new Date((iat + seconds) * 1000);
		expect(await tokens.open('prefs', token, at(59))).toBeDefined();
		expect(await tokens.open('prefs', token, at(60))).toBeUndefined();
		const unsub = await tokens.mint('unsub', facts, { iat, exp: 0 });
		expect(await tokens.open('unsub', unsub, at(50 * 365 * 86_400))).toBeDefined();
	});

	test.each(purposes)(
		'for %s opens for that and nothing else, with keys of every age',
		async (purpose) => {
			const token = await openTokens([key(1)]).mint(purpose, facts, { iat, exp: 0 });
			for (const [age, keys] of [
				[0, [1]],
				[1, [2, 1]],
				[2, [3, 2, 1]],
				[9, [9, 8, 1]],
				['gone', [9, 8]],
			] as const) {
				const tokens = openTokens(keys.map(key));
				for (const asked of purposes) {
					const isRight = asked === purpose && age !== 'gone' && (age < 2 || purpose === 'unsub');
					const opened = await tokens.open(asked, token, now);
					expect(opened !== undefined, `${asked}, key age ${age}`).toBe(isRight);
				}
			}
		},
	);

	test('is short enough for the longest address with three topics', async () => {
		const long = {
			e: `${'a'.repeat(64)}@${'b'.repeat(185)}.com`,
			n: 'x'.repeat(24),
			t: Array(3).fill('t'.repeat(36)),
			w: '2026-11',
		};
		const tokens = openTokens([key(1)]);
		const token = await tokens.mint('confirm', long, { iat, exp: iat + 259_200 });
		expect(token.length).toBeLessThanOrEqual(768);
		expect(await tokens.open('confirm', token, now)).toBeDefined();
	});

	test('opens for no text that nobody minted', async () => {
		const tokens = openTokens([key(1)]);
		const real = await tokens.mint('confirm', facts, { iat, exp: 0 });
		const changed = fc
			.tuple(fc.nat(real.length - 1), fc.string({ minLength: 0, maxLength: 3 }))
			.map(([at, text]) => real.slice(0, at) + text + real.slice(at + 1));
		const opened = fc.asyncProperty(fc.oneof(fc.string(), changed), async (text) => {
			fc.pre(text !== real);
			return (await tokens.open('confirm', text, now)) === undefined;
		});
		const { failed, counterexample } = await fc.check(opened, { numRuns: 3_000 });
		expect([failed, counterexample]).toEqual([false, null]);
	});
});

describe('a name', () => {
	test('is the same for the same parts, and does not join them in two ways', async () => {
		const tokens = openTokens([key(1)]);
		expect(await tokens.name('confirm', ['a', 'b'])).toMatch(/^[0-9a-f]{32}$/);
		expect(await tokens.name('confirm', ['a', 'b'])).toBe(await tokens.name('confirm', ['a', 'b']));
		expect(await tokens.name('confirm', ['ab', ''])).not.toBe(
			await tokens.name('confirm', ['a', 'b']),
		);
		expect(await tokens.name('unsub', ['a', 'b'])).not.toBe(
			await tokens.name('confirm', ['a', 'b']),
		);
	});
});

describe('TOKEN_KEYS', () => {
	const good = Buffer.alloc(32, 250).toString('base64');
	test('is read in order', () => {
		expect(
			parseTokenKeys(`k2:${good}, k1:${good.replace('=', '')}`).map(({ id, root }) => [
				id,
				root.length,
			]),
		).toEqual([
			['k2', 32],
			['k1', 32],
		]);
	});

	test.each(['', 'k1', `k1:${good},`, `K1:${good}`, 'k1:dG9vIHNob3J0', `k1:${good}${good}`])(
		'%j is refused without being shown',
		(text) => {
			expect(() => parseTokenKeys(text)).toThrow('TOKEN_KEYS is not a list of keys');
		},
	);

	test('names no key twice', () => {
		expect(() => parseTokenKeys(`k1:${good},k1:${good}`)).toThrow('names a key twice');
	});
});
