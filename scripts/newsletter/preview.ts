import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { asSent } from '#/email/preview/as-sent.ts';
import { proofOf } from '#/email/preview/proof.ts';
import type { Proof } from '#/email/preview/proof.ts';
import { reportHtml, textPage } from '#/email/preview/report.ts';
import type { Shot } from '#/email/preview/report.ts';
import { readShelf } from '#/library/shelf.ts';
import type { Shelf } from '#/library/shelf.ts';
import { UserError } from '#/user-error.ts';
import { pictureBytes } from '#/web/picture.ts';
import { root } from '../astro.ts';
import { withChromium } from './chromium.ts';
import type { Command } from './command.ts';

/** Pictures of an issue's mail and one report that holds them, for a review. */
export const preview: Command = {
	usage: 'preview <NNN> --out DIR',
	summary: 'Pictures of the mail, a draft’s too, and a report. Needs Chromium.',
	issue: 'required',
	options: { out: { type: 'string' } },
	async run({ issue: id = '', values, environment }, print) {
		if (typeof values['out'] !== 'string') {
			throw new UserError('Where to?', 'Name a folder: --out preview/005');
		}
		const { contentDir, receiptsDir, now } = environment;
		const shelf = await readShelf({ contentDir, receiptsDir, audience: 'public', now });
		const pictures = await picturesOf(shelf, id, contentDir);
		const proof = proofOf(shelf, id, contentDir, (url) => pictures.get(url) ?? url);
		const shots = await withChromium('a preview is pictured in it', (browser) =>
			takeShots(proof, browser, print.progress),
		);
		const folder = resolve(values['out']);
		await mkdir(folder, { recursive: true });
		for (const { file, png } of shots) await writeFile(join(folder, file), png);
		await writeFile(join(folder, 'report.html'), reportHtml(proof, shelf.settings, shots));
		print.result(
			[...shots.map(({ file }) => file), 'report.html']
				.map((name) => join(folder, name))
				.join('\n'),
		);
		const broken = proof.rules.filter(({ findings }) => findings.length > 0);
		for (const { findings } of broken) {
			for (const { message, fix } of findings) print.progress(`${message} ${fix}`);
		}
		print.progress(
			`Issue ${id}: ${proof.rules.length - broken.length} of ${proof.rules.length} rules hold. Nothing was sent.`,
		);
		return 0;
	},
};

/** The pictures of the mail by their public address, as the public site would serve them. */
async function picturesOf(
	shelf: Shelf,
	id: string,
	contentDir: string,
): Promise<Map<string, string>> {
	const { library, issue } = asSent(shelf, id, contentDir);
	const base = library.settings.sites.public;
	const tip = library.byRef.get(issue.data.tip);
	const files = new Set([...issue.body.pictures, ...(tip?.body.pictures ?? [])]);
	const pictures = new Map<string, string>();
	for (const file of files) {
		const { bytes, type } = await pictureBytes(library, { path: file, file, width: 1136 });
		pictures.set(`${base}/mail/${file}`, dataUrl(type, bytes));
	}
	const logo = library.settings.look.logo?.src;
	if (logo !== undefined) {
		const type = logo.endsWith('.png') ? 'image/png' : 'image/jpeg';
		pictures.set(base + logo, dataUrl(type, await readFile(join(root, 'public', logo))));
	}
	return pictures;
}

async function takeShots(
	proof: Proof,
	browser: Browser,
	say: (line: string) => void,
): Promise<Shot[]> {
	const views: { file: string; label: string; html: string; width: number }[] = [
		{ file: 'phone-light.png', label: 'Phone, light', html: proof.light, width: 375 },
		{ file: 'phone-dark.png', label: 'Phone, dark', html: proof.dark, width: 375 },
		{ file: 'wide-light.png', label: 'Wide, light', html: proof.light, width: 700 },
		{ file: 'wide-dark.png', label: 'Wide, dark', html: proof.dark, width: 700 },
		{ file: 'pictures-off.png', label: 'Pictures off', html: proof.picturesOff, width: 375 },
		{ file: 'text.png', label: 'Text part', html: textPage(proof.text), width: 700 },
	];
	const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
	const shots: Shot[] = [];
	for (const { file, label, html, width } of views) {
		say(`Picturing ${file}`);
		const page = await context.newPage();
		await page.setViewportSize({ width, height: 800 });
		await page.setContent(html, { waitUntil: 'load' });
		shots.push({ file, label, width, png: await page.screenshot({ fullPage: true }) });
		await page.close();
	}
	return shots;
}

function dataUrl(type: string, bytes: Uint8Array): string {
	return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}
