import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseBody } from '#/library/body.ts';
import { readDocument } from '#/library/document.ts';
import type { Entry } from '#/library/entry.ts';
import { walk } from '#/library/tree.ts';
import type { Place } from '#/library/tree.ts';
import type { Problem } from '#/problem.ts';
import { bodyFinding, finding } from './finding.ts';
import type { Found, EntryFacts } from './finding.ts';

/** Every picture an entry names lies beside it, is what its ending says, and is not too large. */
export function checkPictures(entry: Entry, shelf: EntryFacts): Problem[] {
	const problems: Problem[] = [];
	for (const picture of entry.body.pictures) {
		const found = judge(shelf.contentDir, picture);
		if (!found) continue;
		const { line, column } = placeOf(shelf.contentDir, entry, picture);
		problems.push(bodyFinding(entry, line, found, column));
	}
	if (entry.kind === 'person' && entry.data.photo) {
		const found = judge(shelf.contentDir, posix.join('people', entry.data.photo.src));
		if (found) problems.push(finding(shelf, entry, ['photo', 'src'], found));
	}
	return problems;
}

/** Where a body names a picture; looked up only for findings. */
function placeOf(contentDir: string, entry: Entry, picture: string): Place {
	const document = readDocument(readFileSync(join(contentDir, entry.file), 'utf8'), 'mdx');
	let place: Place = { line: 1, column: 1 };
	walk(parseBody(document.body).nodes, (node) => {
		if (node.type !== 'component' || node.name !== 'Figure' || !node.position) return undefined;
		const named = posix.join(posix.dirname(entry.file), node.props['src'] ?? '');
		if (named === picture) place = node.position;
		return undefined;
	});
	return { line: place.line + document.bodyLine, column: place.column };
}

const largestBytes = 10_000_000;

function judge(contentDir: string, picture: string): Found | undefined {
	const level = 'error';
	let bytes: Buffer;
	try {
		bytes = readFileSync(join(contentDir, picture));
	} catch {
		return {
			rule: 'picture/missing',
			level,
			message: `the picture ${picture} is not there.`,
			fix: 'Put it beside the file, or correct its name; capitals count.',
		};
	}
	const type = sniff(bytes);
	const wanted = picture.endsWith('.png') ? 'png' : 'jpeg';
	if (type !== wanted) {
		return {
			rule: 'picture/type',
			level,
			message: `${picture} is ${type ? `a ${type.toUpperCase()}` : 'neither PNG nor JPEG'}.`,
			fix: 'Save it anew as the type its ending names.',
		};
	}
	if (bytes.length > largestBytes) {
		return {
			rule: 'picture/size',
			level,
			message: `${picture} has ${(bytes.length / 1e6).toFixed(1)} MB, at most 10.`,
			fix: 'Save a smaller one.',
		};
	}
	return undefined;
}

/** The type a picture's first bytes show, whatever its name says. */
function sniff(bytes: Buffer): 'png' | 'jpeg' | undefined {
	if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) {
		return 'png';
	}
	return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff ? 'jpeg' : undefined;
}
