import { spawn, spawnSync } from 'node:child_process';
import type * as FileSystem from 'node:fs/promises';
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fileLedger } from './ledger.ts';
import { formatReceipt, parseReceipt } from './receipt.ts';
import { sampleReceipt } from './sample.ts';

/** Which operation on the disk fails, and with which code of the system; none if empty. */
const disk = vi.hoisted(() => ({ operation: '', code: '' }));

vi.mock('node:fs/promises', async (load) => {
	const real = await load<typeof FileSystem>();
	function failing<A extends unknown[], R>(operation: string, run: (...args: A) => Promise<R>) {
		return async (...args: A): Promise<R> => {
			if (disk.operation !== operation) return run(...args);
			throw Object.assign(new Error(`${disk.code}: ${operation}`), { code: disk.code });
		};
	}
	return {
		...real,
		link: failing('link', real.link),
		mkdir: failing('mkdir', real.mkdir),
		open: async (...args: Parameters<typeof real.open>) => {
			const isFolder = args[1] === 'r';
			const handle = await failing(isFolder ? 'open folder' : 'open', real.open)(...args);
			const sync = handle.sync.bind(handle);
			const write = handle.writeFile.bind(handle);
			handle.sync = failing(isFolder ? 'sync folder' : 'sync', sync);
			handle.writeFile = failing('write', async (...given: Parameters<typeof write>) => {
				await write(...given);
			});
			return handle;
		},
	};
});

let folder: string;

beforeEach(async () => {
	Object.assign(disk, { operation: '', code: '' });
	folder = await mkdtemp(join(tmpdir(), 'tandem-ledger-'));
});

afterEach(async () => {
	await rm(folder, { recursive: true, force: true });
});

describe('a receipt', () => {
	test('is read back as it was written', () => {
		expect(parseReceipt(formatReceipt(sampleReceipt()))).toEqual({ receipt: sampleReceipt() });
	});

	test.each<[string, object]>([
		['an unknown field', { ...sampleReceipt(), note: 'x' }],
		[
			'an unknown field inside',
			{ ...sampleReceipt(), audience: { ...sampleReceipt().audience, people: [] } },
		],
		['a field less', { ...sampleReceipt(), runner: undefined }],
		['another version', { ...sampleReceipt(), v: 2 }],
		['a short hash', { ...sampleReceipt(), payloadHash: 'aaaaaaaaaaaa' }],
		['nobody to mail', { ...sampleReceipt(), audience: { ...sampleReceipt().audience, upTo: 0 } }],
		['an address as runner', { ...sampleReceipt(), runner: 'ann@example.com' }],
		[
			'an address as segment',
			{ ...sampleReceipt(), audience: { ...sampleReceipt().audience, segment: 'a@b.c' } },
		],
	])('with %s is none', (_what, receipt) => {
		expect(parseReceipt(JSON.stringify(receipt))).toHaveProperty('reason');
	});

	test.each(['', '{"v":1,', 'null', '[]'])('of the bytes %j is none', (text) => {
		expect(parseReceipt(text)).toHaveProperty('reason');
	});
});

describe('the file ledger', () => {
	test('knows nothing of a folder that is not there, and makes it with the first receipt', async () => {
		const ledger = fileLedger(join(folder, 'deep', 'er'), '017-title');
		expect(await ledger.read('017', 1)).toEqual({ kind: 'none' });
		expect(await ledger.write(sampleReceipt())).toMatchObject({
			kind: 'receipt',
			receipt: sampleReceipt(),
		});
		expect(await readdir(join(folder, 'deep', 'er'))).toEqual(['017-title.receipt.json']);
	});

	test('keeps the first receipt, and returns it to whoever comes second', async () => {
		const ledger = fileLedger(folder, '017-title');
		await ledger.write(sampleReceipt({ broadcast: 'first-one' }));
		const second = await ledger.write(sampleReceipt({ broadcast: 'second-one' }));
		expect(second).toMatchObject({ receipt: { broadcast: 'first-one' } });
		expect(await readdir(folder)).toEqual(['017-title.receipt.json']);
	});

	test('keeps each attempt in a file of its own', async () => {
		const ledger = fileLedger(folder, '017-title');
		await ledger.write(sampleReceipt());
		await ledger.write(sampleReceipt({ attempt: 2 }));
		expect(await ledger.read('017', 2)).toMatchObject({ receipt: { attempt: 2 } });
		expect((await readdir(folder)).toSorted()).toEqual([
			'017-title.receipt.2.json',
			'017-title.receipt.json',
		]);
	});

	test.each([
		['an empty', ''],
		['a torn', formatReceipt(sampleReceipt()).slice(0, 90)],
		['another issue’s', formatReceipt(sampleReceipt({ issue: '018' }))],
		['another attempt’s', formatReceipt(sampleReceipt({ attempt: 2 }))],
	])('never overwrites %s receipt', async (_what, text) => {
		await writeFile(join(folder, '017-title.receipt.json'), text);
		const ledger = fileLedger(folder, '017-title');
		expect(await ledger.read('017', 1)).toMatchObject({ kind: 'unreadable' });
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'unreadable' });
		expect(await readFile(join(folder, '017-title.receipt.json'), 'utf8')).toBe(text);
	});

	test('notices the receipt of an issue that was renamed since', async () => {
		await fileLedger(folder, '017-old-title').write(sampleReceipt());
		const reading = await fileLedger(folder, '017-new-title').read('017', 1);
		expect(reading).toMatchObject({ kind: 'unreadable', file: '017-old-title.receipt.json' });
	});

	test('fails where the folder cannot be made or written', async () => {
		await writeFile(join(folder, 'a-file'), '');
		const ledger = fileLedger(join(folder, 'a-file', 'below'), '017-title');
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'failed' });
	});

	// The root user may write anywhere, so there is nothing to see.
	test.skipIf(process.getuid?.() === 0)('fails in a folder that is read-only', async () => {
		await chmod(folder, 0o500);
		const reading = await fileLedger(folder, '017-title').write(sampleReceipt());
		await chmod(folder, 0o700);
		expect(reading).toMatchObject({ kind: 'failed' });
	});

	test('trusts no receipt that may be gone after a power cut', async () => {
		const ledger = fileLedger(folder, '017-title');
		Object.assign(disk, { operation: 'sync folder', code: 'EIO' });
		// The name is there, and nobody can say for how long.
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'failed' });
		expect(await readdir(folder)).toEqual(['017-title.receipt.json']);
		expect(await ledger.read('017', 1)).toMatchObject({ kind: 'failed' });
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'failed' });
		disk.operation = '';
		expect(await ledger.read('017', 1)).toMatchObject({ kind: 'receipt' });
	});

	test('lets exactly one of several processes win, and all of them agree', async () => {
		const rooms = Array.from({ length: 25 }, (_none, index) => join(folder, String(index)));
		const answers = await race(rooms, 4);
		for (const [index, room] of rooms.entries()) {
			const said = answers.map((one) => one[index]);
			expect(new Set(said).size).toBe(1);
			const text = await readFile(join(room, '017-title.receipt.json'), 'utf8');
			expect(parseReceipt(text)).toMatchObject({ receipt: { broadcast: said[0] } });
			expect(await readdir(room)).toEqual(['017-title.receipt.json']);
		}
	});
});

describe('row 18: on a disk that fails, there is no receipt, and a reason to act on', () => {
	test.each([
		['mkdir', 'ENOSPC', 'the disk is full; make room'],
		['open', 'ENOSPC', 'the disk is full; make room'],
		['open', 'EROFS', 'the disk is read-only'],
		['open', 'EACCES', 'this user may not write there'],
		['write', 'ENOSPC', 'the disk is full; make room'],
		['write', 'EDQUOT', 'this user’s share of the disk is used up'],
		['sync', 'EIO', 'the disk is failing'],
		['sync', 'ENOSPC', 'the disk is full; make room'],
		['link', 'ENOSPC', 'the disk is full; make room'],
		['link', 'EPERM', 'cannot give a file a name that is taken only once'],
		['link', 'ENOTSUP', 'set delivery.ledger to git in settings.yaml'],
		['link', 'ENOSYS', 'Keep the receipts on a local disk'],
	])('%s fails with %s: %s', async (operation, code, sentence) => {
		const ledger = fileLedger(folder, '017-title');
		Object.assign(disk, { operation, code });
		expect(await ledger.write(sampleReceipt())).toMatchObject({
			kind: 'failed',
			reason: expect.stringContaining(sentence),
		});
		disk.operation = '';
		expect(await readdir(folder)).toEqual([]);
		expect(await ledger.read('017', 1)).toEqual({ kind: 'none' });
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'receipt' });
	});

	test('sync folder fails with EINVAL: the disk promises nothing', async () => {
		Object.assign(disk, { operation: 'sync folder', code: 'EINVAL' });
		expect(await fileLedger(folder, '017-title').write(sampleReceipt())).toMatchObject({
			kind: 'failed',
			reason: expect.stringContaining('does not promise to keep what is written'),
		});
	});

	const hasMounts = spawnSync('unshare', ['-rm', 'true']).status === 0;
	if (!hasMounts) console.log('skipped: this user may not mount a disk of its own');

	test.skipIf(!hasMounts).each([
		['that is full', 'size=64k', 'head -c 64k /dev/zero >"$1/full"', 'the disk is full'],
		['without room for a name', 'nr_inodes=1', 'true', 'the disk is full'],
		['that is read-only', 'size=64k', 'mount -o remount,ro "$1"', 'the disk is read-only'],
	])('a real disk %s', (_what, options, spoil, sentence) => {
		const program = `
			import { fileLedger } from '#/delivery/ledger.ts';
			const [folder, receipt] = process.argv.slice(1);
			const written = await fileLedger(folder, '017-title').write(JSON.parse(receipt));
			process.stdout.write(JSON.stringify(written));`;
		const script = `
			mount -t tmpfs -o ${options} none "$1" && { ${spoil}; }
			"$2" --input-type=module -e "$3" "$1" "$4"`;
		const receipt = JSON.stringify(sampleReceipt());
		const args = ['-rm', 'sh', '-c', script, 'sh', folder, process.execPath, program, receipt];
		const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
		expect(stdout, stderr).toContain('"kind":"failed"');
		expect(stdout).toContain(sentence);
	});
});

/** Processes that write into the same rooms at the same time; what each of them read back. */
async function race(rooms: string[], count: number): Promise<string[][]> {
	const program = `
		import { fileLedger } from '#/delivery/ledger.ts';
		const [rooms, receipt] = process.argv.slice(1).map((text) => JSON.parse(text));
		process.stdout.write('ready\\n');
		process.stdin.once('data', async () => {
			const answers = [];
			for (const room of rooms) {
				const reading = await fileLedger(room, '017-title').write(receipt);
				answers.push(reading.kind === 'receipt' ? reading.receipt.broadcast : reading.kind);
			}
			process.stdout.write(JSON.stringify(answers));
			process.stdin.destroy();
		});`;
	const racers = Array.from({ length: count }, (_none, index) => {
		const receipt = JSON.stringify(sampleReceipt({ broadcast: `broadcast-${index}` }));
		const args = ['--input-type=module', '-e', program, JSON.stringify(rooms), receipt];
		const child = spawn(process.execPath, args);
		let output = '';
		const ready = new Promise<void>((resolve) => {
			child.stdout.on('data', (chunk: Buffer) => {
				output += chunk.toString();
				if (output.startsWith('ready\n')) resolve();
			});
		});
		const done = new Promise<string[]>((resolve) => {
			// What the program above printed.
			child.on('close', () => resolve(JSON.parse(output.slice('ready\n'.length)) as string[]));
		});
		return { ready, done, start: () => child.stdin.write('go') };
	});
	await Promise.all(racers.map(({ ready }) => ready));
	for (const { start } of racers) start();
	return Promise.all(racers.map(({ done }) => done));
}
