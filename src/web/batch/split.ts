/**
 * Splits a batch of pages, as a site's build rendered it. Only ASCII is looked for, so bytes do:
 * texts would be made of a hundred megabytes to become bytes again.
 * @yields each page as it would have been rendered by itself
 * @throws Error for a text that is no batch, or whose pages have a script of Astro's: it would stand
 * in the first of them only
 */
export function* splitBatch(batch: Buffer): Generator<SplitPage, void> {
	const boundary = boundaryOf(batch);
	if (boundary === undefined) throw new Error('A batch of pages does not open as one.');
	const headStart = batch.indexOf('>', batch.indexOf(boundary)) + 1;
	const head = batch.subarray(headStart, batch.indexOf('</head>'));
	const opening = /^(?:<script\b[^>]*><\/script>)*/.exec(head.toString('latin1'))?.[0] ?? '';
	const scripts = head.subarray(0, opening.length);
	const styles = head.subarray(opening.length);
	const pages = partsOf(batch, `<!--${boundary} `);
	if (pages.some(hasOwnScript)) {
		throw new Error('A page of a batch has a script of its own. Put it into the batch’s opening.');
	}
	const longest = Math.max(0, ...pages.map(({ length }) => length));
	const room = Buffer.allocUnsafeSlow(doctype.length + head.length + longest);
	for (const page of pages) {
		const pathEnd = page.indexOf('-->');
		const text = trimmed(page.subarray(pathEnd + '-->'.length));
		// In a page by itself this is where Astro puts what belongs into its head, and where its slot is.
		const headEnd = text.indexOf('</head>');
		const slot = trimmed(text.subarray(0, Math.max(0, headEnd))).length;
		const pieces =
			headEnd < 0
				? [doctype, text]
				: [
						doctype,
						text.subarray(0, slot),
						scripts,
						text.subarray(slot, headEnd),
						styles,
						text.subarray(headEnd),
					];
		let length = 0;
		for (const piece of pieces) length += piece.copy(room, length);
		yield { path: page.toString('utf8', 0, pathEnd), html: room.subarray(0, length) };
	}
}

/** True for a text that is a batch of pages. */
export function isBatch(html: Buffer): boolean {
	return boundaryOf(html) !== undefined;
}

function boundaryOf(html: Buffer): string | undefined {
	return /^<!doctype html><html><head><meta name="tandem-batch" content="(?<boundary>[0-9a-f]+)"/i.exec(
		html.toString('latin1', 0, 200),
	)?.groups?.['boundary'];
}

/** What follows each mark, up to the next. */
function partsOf(batch: Buffer, mark: string): Buffer[] {
	const parts: Buffer[] = [];
	let start = batch.indexOf(mark);
	while (start >= 0) {
		const next = batch.indexOf(mark, start + mark.length);
		parts.push(batch.subarray(start + mark.length, next < 0 ? undefined : next));
		start = next;
	}
	return parts;
}

function hasOwnScript(page: Buffer): boolean {
	// Pictures lie in the same folder.
	return (
		page.includes('src="/_astro/') &&
		/<script\b[^>]*\bsrc="\/_astro\//.test(page.toString('latin1'))
	);
}

/** Without white space at its ends. */
function trimmed(text: Buffer): Buffer {
	const isSpace = (byte: number | undefined): boolean =>
		byte !== undefined && (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
	let [start, end] = [0, text.length];
	while (start < end && isSpace(text[start])) start++;
	while (end > start && isSpace(text[end - 1])) end--;
	return text.subarray(start, end);
}

/** What the folder of a batch begins with. */
export const batchMark = '~';

// Astro writes it before a page, and no other page in it.
const doctype = Buffer.from('<!DOCTYPE html>');

export interface SplitPage {
	/** `/tips/stick-test/`. */
	path: string;
	/** Its bytes, until the next is asked for. */
	html: Buffer;
}
