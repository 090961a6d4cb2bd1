import { CsvError, parse } from 'csv-parse/sync';
import { UserError } from '#/user-error.ts';

/**
 * Reads a CSV file: UTF-8 or UTF-16 with its mark; commas, semicolons or tabs, as its first line has
 * them.
 * @throws UserError for a file that is too large, or is no CSV. It names lines, never what they hold
 */
export function readCsv(bytes: Uint8Array): CsvRow[] {
	if (bytes.length > maxBytes) {
		throw new UserError(
			`The file has ${(bytes.length / 1e6).toFixed(1)} MB; 5 MB is the most.`,
			'Split it into several files, each with the first line. Nothing was imported.',
		);
	}
	// The parser counts a line break inside quotation marks twice where it has two characters.
	const text = decode(bytes).replaceAll('\r\n', '\n');
	const rows = rowsOf(text);
	if (rows.length - 1 > maxRows) {
		throw new UserError(
			`The file has ${rows.length - 1} rows; ${maxRows} is the most.`,
			'Split it into several files, each with the first line. Nothing was imported.',
		);
	}
	return rows;
}

function decode(bytes: Uint8Array): string {
	const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3;
	const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
	try {
		const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
		if (!isZip && !text.includes('\0')) return text;
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
	}
	throw new UserError(
		isZip ? 'This is a spreadsheet or an archive, not a CSV file.' : 'This is no text in UTF-8.',
		'Export it as "CSV UTF-8". Nothing was imported.',
	);
}

function rowsOf(text: string): CsvRow[] {
	try {
		// With `info` each record comes with its place; the types of the package do not say so.
		const records = parse(text, {
			delimiter: delimiterOf(text),
			info: true,
			relax_column_count: true,
		}) as unknown as { info: { lines: number }; record: string[] }[];
		let next = 1;
		const rows = records.map(({ info, record }) => {
			const line = next;
			next = info.lines + 1;
			return { line, cells: record };
		});
		return rows.filter(({ cells }) => cells.length > 1 || cells[0]?.trim() !== '');
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		const line = typeof error['lines'] === 'number' ? ` near line ${error['lines']}` : '';
		// The message of the parser may quote the file, so neither it nor the error goes on.
		// oxlint-disable-next-line preserve-caught-error -- its text may hold an address
		throw new UserError(
			`The file is no CSV${line}: a quotation mark does not fit.`,
			'Correct that line, or export the file again. Nothing was imported.',
		);
	}
}

function delimiterOf(text: string): string {
	const first = text.slice(0, /\r|\n/.exec(text)?.index ?? text.length);
	const counted = [',', ';', '\t'].map((mark) => ({ mark, times: first.split(mark).length }));
	return counted.toSorted((one, other) => other.times - one.times)[0]?.mark ?? ',';
}

const maxBytes = 5_000_000;
const maxRows = 50_000;

export interface CsvRow {
	/** Where it begins in the file; 1 is the first. */
	line: number;
	cells: string[];
}
