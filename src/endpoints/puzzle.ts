/**
 * Work that a browser does before a sign-up is taken: ALTCHA's, so that its clients can solve it too.
 * Each piece is bound to one address and counts once. The keys come from the token keys; a key that
 * is replaced ends the pieces that are out, and their people are given new ones.
 */
import { createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import { z } from 'zod';
import type { Tokens } from '#/delivery/token.ts';
import type { Once } from './once.ts';

/** Opens the puzzle. */
export async function openPuzzle({ tokens, once, now }: PuzzlePorts): Promise<Puzzle> {
	const key = (use: string) => tokens.name('form', ['puzzle', use]);
	const secrets = {
		hmacSignatureSecret: await key('challenge'),
		hmacKeySignatureSecret: await key('solution'),
	};
	const bound = (address: string) =>
		tokens.name('form', ['puzzle', 'address', address.toLowerCase()]);

	return {
		async create(address) {
			const exp = Math.floor(now().getTime() / 1000) + validSeconds;
			return createChallenge({
				algorithm,
				cost,
				counter: randomInt(counters.most, counters.least),
				deriveKey,
				// Its own end goes by the machine's clock; ours goes by the clock of the endpoints.
				data: { address: await bound(address), exp },
				...secrets,
			});
		},
		async take(solution, address) {
			const read = payloadSchema.safeParse(parsed(solution));
			if (!read.success) return false;
			const { challenge } = read.data;
			const { counter, derivedKey } = read.data.solution;
			const { verified } = await verifySolution({
				challenge,
				solution: { counter, derivedKey },
				deriveKey,
				...secrets,
			});
			const { data } = challenge.parameters;
			if (!verified || data.exp * 1000 <= now().getTime()) return false;
			if (data.address !== (await bound(address))) return false;
			return once.take(challenge.signature, data.exp * 1000);
		},
	};
}

/** ALTCHA sends its answer as JSON in base64. */
function parsed(solution: string): unknown {
	try {
		return JSON.parse(atob(solution));
	} catch {
		return undefined;
	}
}

const algorithm = 'PBKDF2/SHA-256';
/** Rounds of PBKDF2 for each guess. With the guesses: about a third of a second on a telephone. */
const cost = 1_000;
/** Guesses that it takes. */
const counters = { least: 500, most: 1_000 };
const validSeconds = 600;

const hex = z.string().regex(/^[0-9a-f]{1,128}$/);

const payloadSchema = z.strictObject({
	challenge: z.strictObject({
		parameters: z.strictObject({
			algorithm: z.literal(algorithm),
			cost: z.literal(cost),
			data: z.strictObject({ address: hex, exp: z.int() }),
			keyLength: z.literal(32),
			keyPrefix: hex,
			keySignature: hex,
			nonce: hex,
			salt: hex,
		}),
		signature: hex,
	}),
	solution: z.strictObject({
		counter: z.int(),
		derivedKey: hex,
		/** How long it took, as some clients say. */
		time: z.number().optional(),
	}),
});

export interface Puzzle {
	/** Sets a piece of work for an address. */
	create(address: string): Promise<Challenge>;
	/** True where the work for this address was done, and not counted before. */
	take(solution: string, address: string): Promise<boolean>;
}

interface PuzzlePorts {
	tokens: Tokens;
	once: Once;
	now: () => Date;
}
