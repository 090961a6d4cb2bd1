import { expect, test } from 'vitest';
import { pictureSize } from './picture-size.ts';

test('reads the size of a PNG', () => {
	const bytes = Buffer.alloc(24);
	bytes.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
	bytes.writeUInt32BE(13, 8);
	bytes.write('IHDR', 12, 'latin1');
	bytes.writeUInt32BE(1136, 16);
	bytes.writeUInt32BE(600, 20);
	expect(pictureSize(bytes)).toEqual({ width: 1136, height: 600 });
});

test('reads the size of a JPEG behind other segments and fill bytes', () => {
	const app0 = [0xff, 0xe0, 0, 4, 1, 2];
	const tables = [0xff, 0xc4, 0, 3, 9];
	const frame = [0xff, 0xff, 0xc2, 0, 11, 8, 0x02, 0x58, 0x04, 0x70, 1, 1, 0x11, 0];
	expect(pictureSize(Buffer.from([0xff, 0xd8, ...app0, ...tables, ...frame]))).toEqual({
		width: 1136,
		height: 600,
	});
});

test('knows no size of a cut file, a WebP or an empty one', () => {
	expect(pictureSize(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff]))).toBeUndefined();
	expect(pictureSize(Buffer.from('RIFF____WEBPVP8 ________________'))).toBeUndefined();
	expect(pictureSize(Buffer.alloc(0))).toBeUndefined();
});
