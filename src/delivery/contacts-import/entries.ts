import { UserError } from '#/user-error.ts';
import { parseAddress } from '#/delivery/address.ts';
import { parseConsentDate } from './consent-date.ts';
import { readCsv } from './csv.ts';
import type { CsvRow } from './csv.ts';
import { recognise } from './format.ts';
import type { Columns } from './format.ts';
import type { Reason } from './reason.ts';

/**
 * Reads who is in a file, each person once, and every line that is nobody to take. One line that
 * says somebody left counts more than all that say they are in, wherever it stands.
 * @throws UserError for a file that cannot be read at all
 */
export function readEntries(bytes: Uint8Array, now: Date): Reading {
	const [header, ...rows] = readCsv(bytes);
	if (!header) throw new UserError('The file is empty.', 'Nothing was imported.');
	const columns = recognise(header.cells);
	const entries = new Map<string, Entry>();
	const refused: Refusal[] = [];
	const out = new Map<string, Reason>();
	for (const row of rows) {
		const { reason, entry, key } = read(row, columns, now);
		if (key !== undefined && (reason === 'file-out' || reason === 'file-unconfirmed')) {
			out.set(key, reason);
		}
		if (reason !== undefined) refused.push({ line: row.line, reason });
		else if (entries.has(keyOf(entry.address))) refused.push({ line: row.line, reason: 'twice' });
		else entries.set(keyOf(entry.address), entry);
	}
	for (const [key, reason] of out) {
		const entry = entries.get(key);
		if (!entry) continue;
		entries.delete(key);
		refused.push({ line: entry.line, reason });
	}
	return {
		columns,
		rows: rows.length,
		entries: [...entries.values()],
		refused: refused.toSorted((one, other) => one.line - other.line),
	};
}

/** Addresses are one where they differ by capitals only, as the provider sees them. */
export function keyOf(address: string): string {
	return address.toLowerCase();
}

function read({ line, cells }: CsvRow, columns: Columns, now: Date): Read {
	if (cells.length !== columns.width) return { reason: 'width' };
	const { address: typed, consent, state } = columns.read(cells);
	const address = parseAddress(typed)?.text;
	if (address === undefined) return { reason: 'address' };
	const key = keyOf(address);
	if (state !== 'in') return { reason: state === 'out' ? 'file-out' : 'file-unconfirmed', key };
	const consentAt = parseConsentDate(consent, now);
	if (typeof consentAt === 'string') return { reason: consentAt, key };
	return { entry: { line, address, consentAt }, key };
}

type Read =
	| { reason: Reason; entry?: undefined; key?: string }
	| { reason?: undefined; entry: Entry; key: string };

export interface Reading {
	columns: Columns;
	/** Rows below the first line. */
	rows: number;
	/** In the order of the file. */
	entries: Entry[];
	refused: Refusal[];
}

/** Somebody to take. */
export interface Entry {
	line: number;
	address: string;
	/** Unix seconds. */
	consentAt: number;
}

/** A line that was not taken. */
export interface Refusal {
	line: number;
	reason: Reason;
}
