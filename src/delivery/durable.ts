/** Files that are written once, whole, and lastingly, or not at all. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/**
 * Writes a file unless there is one of that name, and returns once the name is on disk, whoever
 * made it. Makes the folder where it is missing.
 * @throws Error with a sentence for the person at the keyboard, see `reasonOf`
 */
export async function writeOnce(folder: string, name: string, text: string): Promise<void> {
	await makeFolder(folder);
	const temporary = join(folder, `.${name}.${randomUUID()}.tmp`);
	try {
		await writeDurably(temporary, text);
		await linkOnce(temporary, join(folder, name));
	} finally {
		await rm(temporary, { force: true });
	}
	await flushFolder(folder);
}

/**
 * Makes sure that every name in a folder outlives a power cut: a file written before a crash may
 * otherwise be seen today and gone tomorrow.
 */
export async function flushFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} catch (error) {
		if (!unsupported.has(codeOf(error) ?? '')) throw error;
		throw new Error(`${cannotPromise} (${textOf(error)})`, { cause: error });
	} finally {
		await handle.close();
	}
}

/** What went wrong with a file, as a sentence a person can act on. */
export function reasonOf(error: unknown): string {
	const said = sentences[codeOf(error) ?? ''];
	return said ? `${said} (${textOf(error)})` : textOf(error);
}

/** The system's code of an error, `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string'
		? error.code
		: undefined;
}

/** A new folder is a name in the folder above it, and as easily lost. */
async function makeFolder(folder: string): Promise<void> {
	const first = await mkdir(folder, { recursive: true });
	if (first === undefined) return;
	let above = dirname(first);
	for (const part of relative(above, folder).split(sep)) {
		await flushFolder(above);
		above = join(above, part);
	}
}

async function writeDurably(path: string, text: string): Promise<void> {
	const file = await open(path, 'wx');
	try {
		await file.writeFile(text, 'utf8');
		await file.sync();
	} finally {
		await file.close();
	}
}

/** Gives a file its final name; whoever was there first keeps it. */
async function linkOnce(from: string, to: string): Promise<void> {
	try {
		await link(from, to);
	} catch (error) {
		const code = codeOf(error) ?? '';
		if (code === 'EEXIST') return;
		// FAT answers EPERM; that this user may write here was seen a moment ago.
		if (unsupported.has(code) || code === 'EPERM') {
			throw new Error(`${cannotLink} (${textOf(error)})`, { cause: error });
		}
		throw error;
	}
}

function textOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** What disks answer that cannot do it: some network and container mounts. */
const unsupported = new Set(['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL']);

const elsewhere =
	'Keep the receipts on a local disk, or set delivery.ledger to git in settings.yaml';
const cannotLink = `this disk cannot give a file a name that is taken only once. ${elsewhere}`;
const cannotPromise = `this disk does not promise to keep what is written. ${elsewhere}`;

const sentences: Readonly<Record<string, string>> = {
	ENOSPC: 'the disk is full; make room',
	EDQUOT: 'this user’s share of the disk is used up; make room',
	EFBIG: 'files may not grow here; lift the limit of this user or shell',
	EROFS: 'the disk is read-only; make it writable',
	EACCES: 'this user may not write there; change the rights of the folder',
	EPERM: 'this user may not write there; change the rights of the folder',
	ENOTDIR: 'a file stands where a folder is wanted; move it away',
	EIO: 'the disk is failing; look after it first',
};
