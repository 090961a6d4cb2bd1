/** What a proof holds, and that no build of a site holds a preview. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { proofOf } from '#/email/preview/proof.ts';
import type { Proof } from '#/email/preview/proof.ts';
import { reportHtml } from '#/email/preview/report.ts';
import { readShelf } from '#/library/shelf.ts';
import { readSettings } from '#/settings.ts';
import { buildSite, copyContent, filesOf } from './site.ts';

const now = new Date('2026-11-01T12:00:00Z');

describe('a proof', () => {
	let content: string;
	beforeAll(() => {
		content = copyContent();
	});

	test('is of the very mail that is sent', async () => {
		const proof = await proofFrom(content);
		const { compile } = await import('../scripts/newsletter/edition.ts');
		const { environment } = await import('#/environment.ts');
		const where = environment({ TANDEM_CONTENT: content });
		const edition = await compile('005', { environment: where, receiptsDir: undefined, now });
		expect(proof.message).toEqual(edition.message);
		expect(proof.drafts).toEqual([]);
	});

	test('has every rule with its result', async () => {
		const { rules } = await proofFrom(content);
		expect(rules.map(({ number }) => number)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1));
		expect(rules.flatMap(({ findings }) => findings)).toEqual([]);
	});

	test('reads as a screen reader does: one h1, links with words, addresses filled in', async () => {
		const { outline } = await proofFrom(content);
		expect(outline.filter((item) => item.kind === 'heading' && item.level === 1)).toHaveLength(1);
		expect(outline.filter(({ words }) => words === '')).toEqual([]);
		expect(JSON.stringify(outline)).not.toContain('{{{');
	});

	test('of a draft is the mail it will be, and says what is not finished', async () => {
		const before = await proofFrom(content);
		edit(content, 'issues/005-whose-number-is-it.mdx', 'status: ready', 'status: draft');
		edit(content, 'tips/read-their-scoreboard.mdx', 'status: ready', 'status: draft');
		const draft = await proofFrom(content);
		expect(draft.message).toEqual(before.message);
		expect(draft.drafts.toSorted()).toEqual([
			'issues/005-whose-number-is-it.mdx',
			'tips/read-their-scoreboard.mdx',
		]);
	});

	test('cannot be made of a tip that is for staff only, and says why', async () => {
		edit(content, 'tips/read-their-scoreboard.mdx', 'audience: public', 'audience: staff');
		await expect(proofFrom(content)).rejects.toThrow(
			'tip/read-their-scoreboard is not on the public site',
		);
	});

	test('becomes a report that needs nothing beside it', async () => {
		const own = copyContent();
		const proof = await proofFrom(own);
		const shots = [
			{ file: 'a.png', label: 'Phone, light', width: 375, png: new Uint8Array([1, 2]) },
		];
		const report = reportHtml(proof, readSettings(own), shots);
		expect(report).toContain('31 of 31 hold.');
		expect(report).toContain('src="data:image/png;base64,AQI="');
		expect(report).not.toMatch(/<(?:link|script)|src="(?!data:)|url\(/);
	});
});

test('no build of the playbook holds a preview, or a link to one', async () => {
	const site = await buildSite('playbook', { TANDEM_NOW: now.toISOString(), TANDEM_SEARCH: 'off' });
	const files = filesOf(site);
	expect(files.filter((file) => file.includes('preview'))).toEqual([]);
	const pages = files.filter((file) => file.endsWith('.html'));
	expect(pages.length).toBeGreaterThan(50);
	const linking = pages.filter((file) =>
		readFileSync(join(site, file), 'utf8').includes('"/preview/'),
	);
	expect(linking).toEqual([]);
});

async function proofFrom(contentDir: string): Promise<Proof> {
	const shelf = await readShelf({ contentDir, audience: 'public', now });
	return proofOf(shelf, '005', contentDir, (url) => url);
}

function edit(content: string, file: string, from: string, to: string): void {
	const path = join(content, file);
	const text = readFileSync(path, 'utf8');
	expect(text).toContain(from);
	writeFileSync(path, text.replace(from, to));
}
