import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pictureBytes, picturesOf, servedPictures } from './picture.ts';

test('serves a wide picture no wider than a mail needs, and a narrow copy', async () => {
	const library = await aLibrary({ width: 1600, height: 800 });
	expect(await servedPictures(library)).toMatchObject([
		{ path: 'tips/a.jpg', width: 1136 },
		{ path: '568/tips/a.jpg', width: 568 },
	]);
	const [entry] = library.entries;
	expect(entry && (await picturesOf(library, entry))).toMatchObject({
		'./a.jpg': { src: '/pictures/tips/a.jpg', width: 1136, height: 568 },
	});
});

test('takes out what a camera wrote into a picture, and turns it upright', async () => {
	const library = await aLibrary({ width: 300, height: 200, orientation: 6 });
	const [picture] = await servedPictures(library);
	if (!picture) throw new Error('No picture is served.');
	const { bytes, type } = await pictureBytes(library, picture);
	const { exif, width, height } = await sharp(bytes).metadata();
	expect({ exif, width, height, type }).toEqual({
		exif: undefined,
		width: 200,
		height: 300,
		type: 'image/jpeg',
	});
});

test('serves no picture of an entry that the library does not hold', async () => {
	const library = await aLibrary({ width: 300, height: 200 });
	expect(await servedPictures({ ...library, entries: [] })).toEqual([]);
});

async function aLibrary(size: { width: number; height: number; orientation?: number }) {
	const contentDir = mkdtempSync(join(tmpdir(), 'tandem-picture-'));
	mkdirSync(join(contentDir, 'tips'));
	const image = sharp({
		create: { width: size.width, height: size.height, channels: 3, background: '#0f5c5c' },
	})
		.jpeg()
		.withExif({ IFD0: { Copyright: 'Somebody' } });
	const tagged = size.orientation ? image.withMetadata({ orientation: size.orientation }) : image;
	writeFileSync(join(contentDir, 'tips/a.jpg'), await tagged.toBuffer());
	const entries = [
		{ kind: 'tip', file: 'tips/a.mdx', body: { pictures: ['tips/a.jpg'] } },
	] as const;
	// Pictures ask a library for nothing but its folder and its entries' files.
	return { contentDir, entries } as unknown as Parameters<typeof servedPictures>[0];
}
