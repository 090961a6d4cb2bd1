import { parseArgs } from 'node:util';
import { openTokens } from '#/delivery/token.ts';
import type { Purpose, TokenKey } from '#/delivery/token.ts';
import { random } from './random.ts';
import type { Random } from './random.ts';

/** Tries forged and changed tokens. The exit code is 1 where any is accepted. */
export async function run(words: string[]): Promise<void> {
	const { values } = parseArgs({
		args: words,
		options: {
			tokens: { type: 'string', default: '1000000' },
			seed: { type: 'string', default: '1' },
		},
	});
	const start = performance.now();
	const { tried, accepted, byKind } = await tryTokens(Number(values.tokens), Number(values.seed));
	const seconds = (performance.now() - start) / 1000;
	for (const [kind, count] of Object.entries(byKind)) console.log(`${kind.padEnd(12)} ${count}`);
	console.log(`${tried} tokens in ${seconds.toFixed(0)} s: ${accepted.length} accepted`);
	for (const token of accepted.slice(0, 5)) console.log(token);
	if (accepted.length > 0) process.exitCode = 1;
}

/**
 * Opens tokens that nobody minted: each a real one with something changed, or made up.
 * @returns those that were taken for real: there should be none
 */
export async function tryTokens(count: number, seed: number): Promise<Tried> {
	const dice = random(seed);
	const ours = openTokens(keys([2, 1]));
	const others = openTokens(keys([9, 8]));
	const real: Real[] = [];
	for (let number = 0; number < 40; number += 1) {
		const purpose = dice.one(purposes);
		const facts = { e: `reader${number}@example.com`, n: 'weekly', t: ['topic'], w: '1' };
		const times = { iat: now - number * 60, exp: purpose === 'unsub' ? 0 : now + 3600 };
		real.push({
			purpose,
			token: await ours.mint(purpose, facts, times),
			foreign: await others.mint(purpose, facts, times),
		});
	}
	const clock = new Date(now * 1000);
	for (const { purpose, token } of real) {
		if (!(await ours.open(purpose, token, clock))) throw new Error('A real token was refused.');
	}
	const accepted: string[] = [];
	const byKind: Record<string, number> = {};
	for (let tried = 0; tried < count; tried += 1) {
		const kind = dice.one(kinds);
		const base = dice.one(real);
		const forged = forgeries[kind](base, dice, real);
		byKind[kind] = (byKind[kind] ?? 0) + 1;
		if (real.some(({ token, purpose }) => token === forged && purpose === base.purpose)) continue;
		if (await ours.open(base.purpose, forged, clock)) accepted.push(`${kind} ${forged}`);
	}
	return { tried: count, accepted, byKind };
}

const forgeries = {
	'one character': ({ token }, dice) => {
		const at = Math.floor(dice.next() * token.length);
		return token.slice(0, at) + dice.one(letters) + token.slice(at + 1);
	},
	'last bits': ({ token }, dice) => token.slice(0, -1) + dice.one(letters),
	'box bits': ({ token }, dice) => token.replace(/.(?=\.[^.]*$)/, () => dice.one(letters)),
	shorter: ({ token }, dice) => token.slice(0, Math.floor(dice.next() * token.length)),
	longer: ({ token }, dice) => token + dice.one(['', '=', '.', 'A', '\n', ' ', '%00', token]),
	purpose: ({ token }, dice) => token.replace(/^v1\.\w+/, `v1.${dice.one(purposes)}`),
	time: ({ token }, dice) => {
		const parts = token.split('.');
		parts[dice.one([3, 4])] = String(Math.floor(dice.next() * 3e9));
		return parts.join('.');
	},
	'for ever': ({ token }) => token.replace(/^(v1\.\w+\.\w+\.\d+)\.\d+/, '$1.0'),
	key: ({ token }, dice) => token.replace(/\.k\d\./, dice.one(['.k1.', '.k3.', '.k9.', '.k0.'])),
	spliced: ({ token }, dice, real) => {
		const other = dice.one(real).token.split('.');
		return token
			.split('.')
			.map((part, at) => (dice.next() < 0.4 ? (other[at] ?? part) : part))
			.join('.');
	},
	'other key': ({ foreign }) => foreign,
	'renamed key': ({ foreign }, dice) => foreign.replace(/\.k\d\./, dice.one(['.k1.', '.k2.'])),
	padded: ({ token }) => token.replace(/\.(\d+)\.(\d+)\./, '.0$1.$2.'),
	capitals: ({ token }) => token.toUpperCase(),
	'made up': (_base, dice) => {
		const text = (length: number) => Array.from({ length }, () => dice.one(letters)).join('');
		return `v1.${dice.one(purposes)}.k2.${now}.0.${text(60)}.${text(43)}`;
	},
} satisfies Record<string, (base: Real, dice: Random, real: readonly Real[]) => string>;

/** The names of the record above. */
const kinds = Object.keys(forgeries) as (keyof typeof forgeries)[];

function keys(roots: readonly number[]): TokenKey[] {
	return roots.map((fill) => ({ id: `k${fill}`, root: new Uint8Array(32).fill(fill) }));
}

const purposes: readonly Purpose[] = ['confirm', 'unsub', 'undo', 'prefs', 'form'];
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('');
const now = 1_764_000_000;

interface Real {
	purpose: Purpose;
	token: string;
	/** The same, signed by somebody else. */
	foreign: string;
}

interface Tried {
	tried: number;
	accepted: string[];
	byKind: Record<string, number>;
}
