/**
 * Reads the size of a picture from its bytes, synchronously: a letter is compiled in one go.
 * @returns undefined for anything but a PNG or a JPEG
 */
export function pictureSize(bytes: Buffer): PictureSize | undefined {
	return pngSize(bytes) ?? jpegSize(bytes);
}

function pngSize(bytes: Buffer): PictureSize | undefined {
	if (bytes.length < 24 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined;
	if (bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
	return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function jpegSize(bytes: Buffer): PictureSize | undefined {
	if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
	let offset = 2;
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
			return { height: bytes.readUInt16BE(offset + 5), width: bytes.readUInt16BE(offset + 7) };
		}
		offset += 2 + bytes.readUInt16BE(offset + 2);
	}
	return undefined;
}

export interface PictureSize {
	/** Pixels, as stored. */
	width: number;
	/** Pixels, as stored. */
	height: number;
}
