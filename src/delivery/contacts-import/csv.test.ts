import { describe, expect, test } from 'vitest';
import { readCsv } from './csv.ts';

function read(text: string) {
	return readCsv(new TextEncoder().encode(text));
}

test('gives each row with the line it begins on', () => {
	const rows = read(
		'email,note\r\na@example.com,"two\r\nlines, a ""quote"""\r\n\r\nb@example.com,\r\n',
	);
	expect(rows).toEqual([
		{ line: 1, cells: ['email', 'note'] },
		{ line: 2, cells: ['a@example.com', 'two\nlines, a "quote"'] },
		{ line: 5, cells: ['b@example.com', ''] },
	]);
});

test.each([',', ';', '\t'])(
	'reads cells divided by %j, with or without a mark of UTF-8',
	(mark) => {
		const text = `email${mark}created\na@example.com${mark}2024-01-01\n`;
		const cells = [
			['email', 'created'],
			['a@example.com', '2024-01-01'],
		];
		expect(read(text).map((row) => row.cells)).toEqual(cells);
		expect(read(`\uFEFF${text}`).map((row) => row.cells)).toEqual(cells);
	},
);

test('reads UTF-16 as spreadsheets write it', () => {
	const bytes = Buffer.from('\uFEFFemail\tname\na@example.com\tZoë\n', 'utf16le');
	expect(readCsv(bytes)[1]?.cells).toEqual(['a@example.com', 'Zoë']);
});

test('keeps rows of another width, for their line to be reported', () => {
	expect(read('a,b\n1,2,3\n4\n').map(({ cells }) => cells.length)).toEqual([2, 3, 1]);
});

describe('refuses, without a word of what stands in it,', () => {
	test.each([
		['a quotation mark in the middle', 'email,x\nsecret@example.com,a"b\n', 'near line 2'],
		['a quotation mark never closed', 'email,x\nsecret@example.com,"b\n', 'near line 2'],
		['text after a quotation', 'email,x\n"secret@example.com"y,b\n', 'near line 2'],
	])('%s', (_what, text, words) => {
		expect(() => read(text)).toThrow(words);
		expect(() => read(text)).not.toThrow('secret');
	});

	test('a spreadsheet, and what is no UTF-8', () => {
		expect(() => readCsv(Buffer.from('PK\u0003\u0004xx'))).toThrow('spreadsheet');
		expect(() => readCsv(Buffer.from([0x61, 0xff, 0x62]))).toThrow('UTF-8');
		expect(() => readCsv(Buffer.from('a\0b'))).toThrow('UTF-8');
	});

	test('more than 5 MB, or more than 50,000 rows', () => {
		expect(() => readCsv(Buffer.alloc(5_000_001, 97))).toThrow('5 MB is the most');
		expect(read(`email\n${'a@b.example\n'.repeat(50_000)}`)).toHaveLength(50_001);
		expect(() => read(`email\n${'a@b.example\n'.repeat(50_001)}`)).toThrow('50000 is the most');
	});
});
