import { hash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';

/**
 * The SHA-256 of a file (base64) and its size in bytes. Several steps of a build ask for that of
 * every file of a site: each is read once, as long as it stays the same.
 * @param path - absolute path
 */
export function hashOf(path: string): { hash: string; size: number } {
	const { mtimeNs, size, ino } = statSync(path, { bigint: true });
	const state = `${mtimeNs} ${size} ${ino}`;
	const before = known.get(path);
	if (before?.state === state) return before;
	const found = {
		state,
		hash: hash('sha256', bytesOf(path, Number(size)), 'base64'),
		size: Number(size),
	};
	known.set(path, found);
	return found;
}

/** The bytes of a file, until the next is asked for: a site's files would fill hundreds of megabytes. */
function bytesOf(path: string, size: number): Uint8Array {
	if (size > room.length) room = new Uint8Array(size * 2);
	const file = openSync(path, 'r');
	try {
		let read = 0;
		for (let count = 1; count > 0 && read < size; read += count) {
			count = readSync(file, room, read, size - read, read);
		}
		return room.subarray(0, read);
	} finally {
		closeSync(file);
	}
}

let room = new Uint8Array(1_000_000);

const known = new Map<string, { state: string; hash: string; size: number }>();
