/** Looks for canaries everywhere a built file can hold one: names, bytes, and what is packed in them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateSync, unzipSync } from 'node:zlib';
import { filesOf } from './site.ts';

/** The canaries found in a folder, each with the files it was found in. */
export function canariesIn(folder: string): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const file of filesOf(folder)) {
		const texts = [file, ...unpacked(readFileSync(join(folder, file))).flatMap(readings)];
		for (const canary of new Set(
			texts.flatMap((text) => text.toLowerCase().match(canaryPattern) ?? []),
		)) {
			found.set(canary, [...(found.get(canary) ?? []), file]);
		}
	}
	return found;
}

/** The bytes themselves, and whatever of them is packed: a whole file, or the texts of a picture. */
function unpacked(bytes: Buffer): Buffer[] {
	const all = [bytes];
	for (const unpack of [gunzipSync, brotliDecompressSync, unzipSync]) {
		try {
			all.push(unpack(bytes));
		} catch {
			// Most files are not packed this way.
		}
	}
	if (bytes.subarray(1, 4).toString('latin1') === 'PNG') all.push(...inflatedChunks(bytes));
	return all;
}

/** Texts, profiles and EXIF of a PNG may be deflated, behind a keyword that ends with a zero. */
function inflatedChunks(png: Buffer): Buffer[] {
	const all: Buffer[] = [];
	for (let at = 8; at + 8 <= png.length; at += 12 + png.readUInt32BE(at)) {
		const type = png.toString('latin1', at + 4, at + 8);
		if (!/^(?:zTXt|iTXt|iCCP|eXIf)$/.test(type)) continue;
		const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
		for (let zero = data.indexOf(0); zero >= 0 && zero < 120; zero = data.indexOf(0, zero + 1)) {
			for (const start of [zero + 1, zero + 2]) {
				try {
					all.push(inflateSync(data.subarray(start)));
				} catch {
					// The deflated part begins elsewhere, or there is none.
				}
			}
		}
	}
	return all;
}

/** The bytes as text, and without every zero: EXIF keeps some texts in UTF-16, at any offset. */
function readings(bytes: Buffer): string[] {
	const text = bytes.toString('latin1');
	return [text, text.replaceAll('\0', '')];
}

const canaryPattern = /zq\d{4}qz/g;
