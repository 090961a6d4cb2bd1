import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * The bytes of a file, until the next is asked for: a site's files would fill hundreds of megabytes,
 * and memory outside V8's heap has it look for garbage all the time.
 * @param file - its path, or a handle, which stays open
 * @throws where there is no such file
 */
export function bytesOf(file: string | number): Buffer {
	const handle = typeof file === 'number' ? file : openSync(file, 'r');
	try {
		const { size } = fstatSync(handle);
		if (size > room.length) room = Buffer.allocUnsafeSlow(size * 2);
		let read = 0;
		for (let count = 1; count > 0 && read < size; read += count) {
			count = readSync(handle, room, read, size - read, read);
		}
		return room.subarray(0, read);
	} finally {
		if (typeof file === 'string') closeSync(handle);
	}
}

let room = Buffer.allocUnsafeSlow(1_000_000);
