import { createHash } from 'node:crypto';

/** The source of ids, secrets and fractions of a second: the same seed gives the same run. */
export interface Mint {
	/** The next id, shaped as a version 4 UUID. */
	id(): string;
	/** A webhook signing secret as Svix writes it: `whsec_` and 24 bytes in base64. */
	secret(): string;
	/** A token bound to its parts, so that asking twice gives the same one. */
	token(...parts: string[]): string;
	/** Microseconds below one millisecond, 0 to 999. */
	micros(): number;
	reset(): void;
}

/** Starts a mint. */
export function createMint(seed: number): Mint {
	let count = 0;
	const next = (kind: string) => digest(`${seed}:${kind}:${count++}`);

	return {
		id() {
			const hex = next('id').toString('hex');
			const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
			return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
		},
		secret: () => `whsec_${next('secret').subarray(0, 24).toString('base64')}`,
		token: (...parts) => digest(`${seed}:token:${parts.join(':')}`).toString('base64url'),
		micros: () => next('micros').readUInt16BE(0) % 1000,
		reset() {
			count = 0;
		},
	};
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
