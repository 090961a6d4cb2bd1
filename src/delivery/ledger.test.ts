import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileLedger } from './ledger.ts';
import { formatReceipt, parseReceipt } from './receipt.ts';
import type { Receipt } from './receipt.ts';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'tandem-ledger-'));
});

afterEach(async () => {
	await rm(folder, { recursive: true, force: true });
});

function aReceipt(change: Partial<Receipt> = {}): Receipt {
	return {
		v: 1,
		site: 'tandem',
		issue: '017',
		attempt: 1,
		broadcast: '5f0c0000-0000',
		payloadHash: 'a'.repeat(64),
		contentHash: 'b'.repeat(64),
		planned: {
			local: '2026-11-24T09:00',
			zone: 'Europe/Berlin',
			utc: '2026-11-24T08:00:00Z',
			tz: '2026c',
		},
		audience: { segment: '78261eea', topic: 'b6d24b8e', upTo: 412 },
		chosenAt: '2026-11-23T10:04:11Z',
		runner: 'ci:1234567',
		tool: 'tandem 1.0.0',
		...change,
	};
}

describe('a receipt', () => {
	test('is read back as it was written', () => {
		expect(parseReceipt(formatReceipt(aReceipt()))).toEqual({ receipt: aReceipt() });
	});

	test.each<[string, object]>([
		['an unknown field', { ...aReceipt(), note: 'x' }],
		[
			'an unknown field inside',
			{ ...aReceipt(), audience: { ...aReceipt().audience, people: [] } },
		],
		['a field less', { ...aReceipt(), runner: undefined }],
		['another version', { ...aReceipt(), v: 2 }],
		['a short hash', { ...aReceipt(), payloadHash: 'aaaaaaaaaaaa' }],
		['nobody to mail', { ...aReceipt(), audience: { ...aReceipt().audience, upTo: 0 } }],
		['an address as runner', { ...aReceipt(), runner: 'ann@example.com' }],
		[
			'an address as segment',
			{ ...aReceipt(), audience: { ...aReceipt().audience, segment: 'a@b.c' } },
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
		expect(await ledger.write(aReceipt())).toMatchObject({ kind: 'receipt', receipt: aReceipt() });
		expect(await readdir(join(folder, 'deep', 'er'))).toEqual(['017-title.receipt.json']);
	});

	test('keeps the first receipt, and returns it to whoever comes second', async () => {
		const ledger = fileLedger(folder, '017-title');
		await ledger.write(aReceipt({ broadcast: 'first-one' }));
		const second = await ledger.write(aReceipt({ broadcast: 'second-one' }));
		expect(second).toMatchObject({ receipt: { broadcast: 'first-one' } });
		expect(await readdir(folder)).toEqual(['017-title.receipt.json']);
	});

	test('keeps each attempt in a file of its own', async () => {
		const ledger = fileLedger(folder, '017-title');
		await ledger.write(aReceipt());
		await ledger.write(aReceipt({ attempt: 2 }));
		expect(await ledger.read('017', 2)).toMatchObject({ receipt: { attempt: 2 } });
		expect((await readdir(folder)).toSorted()).toEqual([
			'017-title.receipt.2.json',
			'017-title.receipt.json',
		]);
	});

	test.each([
		['an empty', ''],
		['a torn', formatReceipt(aReceipt()).slice(0, 90)],
		['another issue’s', formatReceipt(aReceipt({ issue: '018' }))],
		['another attempt’s', formatReceipt(aReceipt({ attempt: 2 }))],
	])('never overwrites %s receipt', async (_what, text) => {
		await writeFile(join(folder, '017-title.receipt.json'), text);
		const ledger = fileLedger(folder, '017-title');
		expect(await ledger.read('017', 1)).toMatchObject({ kind: 'unreadable' });
		expect(await ledger.write(aReceipt())).toMatchObject({ kind: 'unreadable' });
		expect(await readFile(join(folder, '017-title.receipt.json'), 'utf8')).toBe(text);
	});

	test('notices the receipt of an issue that was renamed since', async () => {
		await fileLedger(folder, '017-old-title').write(aReceipt());
		const reading = await fileLedger(folder, '017-new-title').read('017', 1);
		expect(reading).toMatchObject({ kind: 'unreadable', file: '017-old-title.receipt.json' });
	});

	test('fails where the folder cannot be made or written', async () => {
		await writeFile(join(folder, 'a-file'), '');
		const ledger = fileLedger(join(folder, 'a-file', 'below'), '017-title');
		expect(await ledger.write(aReceipt())).toMatchObject({ kind: 'failed' });
	});

	// The root user may write anywhere, so there is nothing to see.
	test.skipIf(process.getuid?.() === 0)('fails in a folder that is read-only', async () => {
		await chmod(folder, 0o500);
		const reading = await fileLedger(folder, '017-title').write(aReceipt());
		await chmod(folder, 0o700);
		expect(reading).toMatchObject({ kind: 'failed' });
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
		const receipt = JSON.stringify(aReceipt({ broadcast: `broadcast-${index}` }));
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
