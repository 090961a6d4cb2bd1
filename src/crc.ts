/** The common CRC-32 (IEEE) of a text's UTF-8 bytes: a whole number from 0 to 2^32 - 1. */
export function crc32(text: string): number {
	let rest = -1;
	for (const byte of new TextEncoder().encode(text)) {
		rest ^= byte;
		for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
	}
	return ~rest >>> 0;
}
