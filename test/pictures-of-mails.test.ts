/** The pictures of mails in a real build: where the mail says, as large as it says, and nothing more. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildSite, copyContent } from './site.ts';

const pictures = ['narrow.png', 'wide.png', 'upright.jpg'] as const;
let site: string;
let images: Map<string, { width: number; height: number }>;

beforeAll(async () => {
	const content = copyContent();
	const tips = join(content, 'tips');
	const plain = (width: number, height: number) =>
		sharp({ create: { width, height, channels: 3, background: '#0f5c5c' } });
	const canary = { IFD0: { Copyright: 'CANARY-IN-THE-CAMERA' } };
	await plain(300, 200).withExif(canary).png().toFile(join(tips, 'narrow.png'));
	await plain(1600, 901).withExif(canary).png().toFile(join(tips, 'wide.png'));
	// As a phone held upright stores it: on its side, with a note to turn it.
	await plain(2000, 900)
		.withExif(canary)
		.withMetadata({ orientation: 6 })
		.jpeg()
		.toFile(join(tips, 'upright.jpg'));
	const tip = join(tips, 'read-their-scoreboard.mdx');
	const figures = pictures.map(
		(name) => `<Figure src="./${name}" alt="Two scoreboards, ${name[0]}." />`,
	);
	writeFileSync(tip, `${readFileSync(tip, 'utf8')}\n\n${figures.join('\n\n')}\n`);
	site = await buildSite('newsletter', {
		TANDEM_NOW: '2026-11-24T12:00:00Z',
		TANDEM_CONTENT: content,
	});
	const mail = readFileSync(join(dirname(site), 'outbox/005/message.html'), 'utf8');
	images = new Map(
		[...mail.matchAll(/<img src="([^"]+)" alt="[^"]+" width="(\d+)" height="(\d+)"/g)].map(
			([, src = '', width, height]) => [src, { width: Number(width), height: Number(height) }],
		),
	);
});

test('the mail names each at an address without a build’s hash', () => {
	expect([...images.keys()]).toEqual(
		pictures.map((name) => `https://news.larkfield.example/mail/tips/${name}`),
	);
});

describe.each(pictures)('%s', (name) => {
	const served = () => readFileSync(join(site, 'mail/tips', name));

	test('is a PNG or JPEG of at most 1136 px and 200 kB, without metadata', async () => {
		const bytes = served();
		const { format, width, exif, icc, xmp, orientation } = await sharp(bytes).metadata();
		expect(format).toBe(name.endsWith('.png') ? 'png' : 'jpeg');
		expect(width).toBeLessThanOrEqual(1136);
		expect({ exif, icc, xmp, orientation }).toEqual({});
		expect(bytes.includes('CANARY')).toBe(false);
		expect(bytes.length).toBeLessThan(200_000);
	});

	test('has in the mail the shape in which it is served', async () => {
		const { width, height } = await sharp(served()).metadata();
		const written = images.get(`https://news.larkfield.example/mail/tips/${name}`);
		const shown = Math.min(width, 536);
		expect(written?.width).toBe(shown);
		expect(Math.abs((written?.height ?? 0) - (height * shown) / width)).toBeLessThanOrEqual(1);
	});
});
