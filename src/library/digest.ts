import { createHash, hash } from 'node:crypto';

/** SHA-256 (hex, 16 characters) over a file's bytes and the reader's fingerprint. */
export function digestOf(bytes: Uint8Array | string, fingerprint = ''): string {
	if (fingerprint === '') return hash('sha256', bytes).slice(0, 16);
	return createHash('sha256').update(fingerprint).update(bytes).digest('hex').slice(0, 16);
}
