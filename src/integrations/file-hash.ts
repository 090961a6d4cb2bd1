import { hash } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { bytesOf } from './file-bytes.ts';

/**
 * The SHA-256 of a file (base64) and its size in bytes. Several steps of a build ask for that of
 * every file of a site: each is read once, as long as it stays the same.
 * @param path - absolute path
 */
export function hashOf(path: string): { hash: string; size: number } {
	const { state, size } = stateOf(path);
	const before = known.get(path);
	if (before?.state === state) return before;
	const found = { state, hash: hash('sha256', bytesOf(path), 'base64'), size };
	known.set(path, found);
	return found;
}

/**
 * Writes a file whose hash will be asked for, and need not be read for it.
 * @param path - absolute path
 */
export function writeHashed(path: string, bytes: Uint8Array): void {
	writeFileSync(path, bytes);
	known.set(path, { ...stateOf(path), hash: hash('sha256', bytes, 'base64') });
}

/** What changes when a file is written again, and its size in bytes. */
function stateOf(path: string): { state: string; size: number } {
	const { mtimeNs, size, ino } = statSync(path, { bigint: true });
	return { state: `${mtimeNs} ${size} ${ino}`, size: Number(size) };
}

const known = new Map<string, { state: string; hash: string; size: number }>();
