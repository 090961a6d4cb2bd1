/**
 * Reads the size of a picture from its bytes, synchronously: a letter is compiled in one go.
 * @returns undefined for anything but a PNG or a JPEG
 */
export function pictureSize(bytes: Buffer): PictureSize | undefined {
	return pngSize(bytes) ?? jpegSize(bytes);
}

/** True for a PNG that may let the ground shine through, whether any part of it does or not. */
export function hasTransparency(bytes: Buffer): boolean {
	if (!pngSize(bytes)) return false;
	// Colour types 4 and 6 have an alpha channel; the others may name transparent colours in tRNS.
	const colourType = bytes[25] ?? 0;
	return colourType === 4 || colourType === 6 || bytes.includes('tRNS', 33, 'latin1');
}

function pngSize(bytes: Buffer): PictureSize | undefined {
	if (bytes.length < 24 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined;
	if (bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
	return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function jpegSize(bytes: Buffer): PictureSize | undefined {
	if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
	let offset = 2;
	let isTurned = false;
	while (offset + 9 <= bytes.length) {
		if (bytes[offset] !== 0xff) return undefined;
		const marker = bytes[offset + 1] ?? 0;
		// Any number of 0xff may stand before a marker.
		if (marker === 0xff) {
			offset++;
			continue;
		}
		// SOF0 to SOF15 hold the size; C4, C8 and CC are tables that share their range.
		if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
			const [height, width] = [bytes.readUInt16BE(offset + 5), bytes.readUInt16BE(offset + 7)];
			return isTurned ? { width: height, height: width } : { width, height };
		}
		const end = offset + 2 + bytes.readUInt16BE(offset + 2);
		if (marker === 0xe1) isTurned ||= isOnItsSide(bytes.subarray(offset + 4, end));
		offset = end;
	}
	return undefined;
}

/** Whether a camera noted in Exif that it was held upright: the picture is shown by a quarter turn. */
function isOnItsSide(segment: Buffer): boolean {
	if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return false;
	const tiff = segment.subarray(6);
	if (tiff.length < 10) return false;
	const isLittle = tiff.toString('latin1', 0, 2) === 'II';
	const short = (at: number): number => {
		if (at + 2 > tiff.length) return 0;
		return isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
	};
	const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
	for (let index = 0; index < short(directory); index++) {
		const entry = directory + 2 + index * 12;
		// Tag 0x0112 is the orientation; 5 to 8 are the quarter turns.
		if (short(entry) === 0x01_12) return short(entry + 8) >= 5;
	}
	return false;
}

export interface PictureSize {
	/** Pixels, as shown: a picture taken upright is turned before it is served. */
	width: number;
	/** Pixels, as shown. */
	height: number;
}
