import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from '#/delivery/contacts-import/csv.ts';
import { readEntries } from '#/delivery/contacts-import/entries.ts';
import { csvLine, recordCells, recordHeader } from './record.ts';
import type { PersonRecord } from './record.ts';

function aRecord(changes: Partial<PersonRecord['person']> = {}, isOptedIn = true): PersonRecord {
	return {
		isOptedIn,
		person: {
			id: 'c1',
			address: 'ada@example.com',
			firstName: 'Ada',
			lastName: undefined,
			unsubscribed: false,
			consent: { at: 1_700_000_000, window: 1_699_920_000, wording: '2026-11', source: 'form' },
			...changes,
		},
	};
}

test('no cell is a formula, and every text comes back as it was', () => {
	fc.assert(
		fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2 }), (texts) => {
			const [row] = readCsv(new TextEncoder().encode(`x,${csvLine(['x', ...texts])}`));
			const cells = row?.cells.slice(2) ?? [];
			expect(cells.some((cell) => /^[=+\-@\t\r]/.test(cell))).toBe(false);
			expect(cells.map((cell, index) => (cell === texts[index] ? cell : cell.slice(1)))).toEqual(
				texts,
			);
		}),
	);
});

test.each(['=1+1', '+49', '-1', '@SUM(A1)', '\tx', '\rx'])('%j is made harmless', (text) => {
	expect(csvLine([text])).toBe(`"'${text}"\r\n`);
});

test('what is exported can be brought in again, except who is out', () => {
	const file = [
		csvLine(recordHeader),
		csvLine(recordCells(aRecord({ address: '+1@example.com' }), false)),
		csvLine(recordCells(aRecord({ address: 'b@example.com', unsubscribed: true }), false)),
		csvLine(recordCells(aRecord({ address: 'c@example.com' }, false), false)),
		csvLine(recordCells(aRecord({ address: 'd@example.com' }), true)),
		csvLine(recordCells(aRecord({ address: 'e@example.com', consent: {} }), false)),
	].join('');
	const { entries, refused, columns } = readEntries(new TextEncoder().encode(file), new Date());
	expect(columns.format).toBe('Tandem');
	expect(entries).toEqual([{ line: 2, address: '+1@example.com', consentAt: 1_700_000_000 }]);
	expect(refused.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
		'3 file-out',
		'4 file-out',
		'5 file-out',
		'6 no-date',
	]);
});
