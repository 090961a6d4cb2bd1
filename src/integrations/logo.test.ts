import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { requireGoodLogo } from './logo.ts';

test.each([
	['a PNG on a solid ground', '/logo.png', 3, { width: 200, height: 50 }],
	['a JPEG, shown as large as it is', '/logo.jpg', 3, { width: 400, height: 100 }],
] as const)('takes %s', async (_, src, channels, shown) => {
	const folder = await withLogo(src, channels);
	expect(() => requireGoodLogo({ src, ...shown }, folder)).not.toThrow();
});

test.each([
	[
		'that is not there',
		'/other.png',
		3,
		{ width: 200, height: 50 },
		'there is no /other.png in public/.',
	],
	['with a transparent ground', '/logo.png', 4, { width: 200, height: 50 }, 'transparent ground'],
	[
		'smaller than shown',
		'/logo.png',
		3,
		{ width: 500, height: 125 },
		'400 px wide and would be shown at 500',
	],
	[
		'that would be distorted',
		'/logo.png',
		3,
		{ width: 200, height: 80 },
		'200 by 80 would distort it',
	],
] as const)('refuses a logo %s', async (_, src, channels, shown, words) => {
	const folder = await withLogo('/logo.png', channels);
	expect(() => requireGoodLogo({ src, ...shown }, folder)).toThrow(words);
});

async function withLogo(src: string, channels: 3 | 4): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'tandem-logo-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const background = { r: 15, g: 92, b: 92, alpha: 0.5 };
	await sharp({ create: { width: 400, height: 100, channels, background } }).toFile(
		join(folder, src),
	);
	return folder;
}
