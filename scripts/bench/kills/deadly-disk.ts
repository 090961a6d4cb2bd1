/**
 * A disk at which a process dies: the functions of node:fs/promises that the ledger uses, replaced in
 * this process by ones that end it by SIGKILL before, in the middle of, or after their work.
 */
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** Where in the writing of a receipt a process may die, in the order of a straight run. */
export const diskMoments = [
	'before the folder is made',
	'after the folder is made',
	'before the temporary file',
	'after the temporary file',
	'in the middle of writing it',
	'after writing it',
	'after syncing it',
	'before the link',
	'after the link',
	'after removing the temporary file',
	'before syncing the folder',
	'after syncing the folder',
] as const;

/** Ends this process at one moment of its work on the disk. */
export function dieAtDisk(moment: DiskMoment): void {
	const at = (reached: DiskMoment) => {
		if (reached === moment) die();
	};
	const real = { ...fs.promises };
	Object.assign(fs.promises, {
		mkdir: around(
			real.mkdir,
			() => at('before the folder is made'),
			() => at('after the folder is made'),
		),
		link: around(
			real.link,
			() => at('before the link'),
			() => at('after the link'),
		),
		rm: around(
			real.rm,
			() => {},
			() => at('after removing the temporary file'),
		),
		open: async (...args: Parameters<typeof real.open>) => {
			const isFolder = args[1] === 'r';
			if (!isFolder) at('before the temporary file');
			const handle = await real.open(...args);
			if (isFolder) return deadlyFolder(handle, at);
			at('after the temporary file');
			return deadlyFile(handle, at);
		},
	});
	syncBuiltinESMExports();
}

function deadlyFolder(handle: FileHandle, at: At): FileHandle {
	handle.sync = around(
		handle.sync.bind(handle),
		() => at('before syncing the folder'),
		() => at('after syncing the folder'),
	);
	return handle;
}

function deadlyFile(handle: FileHandle, at: At): FileHandle {
	const write = handle.writeFile.bind(handle);
	handle.writeFile = async (data) => {
		if (typeof data !== 'string') throw new Error('A receipt is written as text.');
		// Half of it is on disk, and the other half never comes.
		await write(data.slice(0, data.length / 2));
		at('in the middle of writing it');
		await write(data.slice(data.length / 2));
		at('after writing it');
	};
	handle.sync = around(
		handle.sync.bind(handle),
		() => {},
		() => at('after syncing it'),
	);
	return handle;
}

function around<A extends unknown[], R>(
	work: (...args: A) => Promise<R>,
	before: () => void,
	after: () => void,
): (...args: A) => Promise<R> {
	return async (...args) => {
		before();
		const result = await work(...args);
		after();
		return result;
	};
}

/** Nothing of this process runs any more, not even what is under way in its threads. */
function die(): never {
	process.kill(process.pid, 'SIGKILL');
	for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

export type DiskMoment = (typeof diskMoments)[number];

type At = (reached: DiskMoment) => void;
