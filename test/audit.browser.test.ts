/**
 * The audit: the letters of this repository shut nobody out, in light and dark, on a phone and on a
 * desk; and it sees each fault it is for, in mails that people made to have that one and no other.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditMail, isFailure } from '#/email/audit/audit.ts';
import type { AuditFinding } from '#/email/audit/finding.ts';
import { launchBrowser, noBrowser } from './browser.ts';
import { kitchenSink, lettersOf, ownContent } from './mail-fixture.ts';

if (noBrowser) console.warn(`SKIPPED: ${noBrowser}`);

const own = await lettersOf(ownContent);
const sink = await lettersOf(kitchenSink);
const folder = join(import.meta.dirname, 'fixtures/mail/faulty');
const faulty = readdirSync(folder).filter((name) => name.endsWith('.html'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser | undefined;
let audit: (html: string) => Promise<AuditFinding[]>;

describe.skipIf(noBrowser)('the audit', () => {
	beforeAll(async () => {
		browser = await launchBrowser();
		const context = await browser.newContext({ offline: true });
		const page = await context.newPage();
		audit = (html) => auditMail(html, { page, axe });
	});
	afterAll(() => browser?.close());

	test.each([...own.letters, ...sink.letters])('finds nothing in $slug', async ({ message }) => {
		expect(await audit(message.html)).toEqual([]);
	});

	test('finds nothing in a clean letter after a faulty one, and the other way round', async () => {
		const html = own.letters[0]?.message.html ?? '';
		const bad = readFileSync(join(folder, 'color-contrast.in-the-dark.html'), 'utf8');
		expect(await audit(bad)).not.toEqual([]);
		expect(await audit(html)).toEqual([]);
		expect(await audit(bad)).not.toEqual([]);
	});

	test('has at least thirty faulty mails, for at least thirty rules', () => {
		expect(new Set(faulty.map(ruleOf)).size).toBeGreaterThanOrEqual(30);
	});

	test.each(faulty)('finds the one fault of %s', async (name) => {
		const findings = await audit(readFileSync(join(folder, name), 'utf8'));
		expect([...new Set(findings.map(({ rule }) => rule))]).toEqual([ruleOf(name)]);
		for (const { where, message, fix, views } of findings) {
			expect(where).not.toBe('');
			expect(message).toMatch(/\.$/);
			expect(fix).toMatch(/\.$/);
			expect(views.length).toBeGreaterThan(0);
		}
	});

	test('grades as the report does', async () => {
		for (const [rule, grade] of Object.entries(reportGrades)) {
			const findings = await audit(readFileSync(join(folder, `${rule}.html`), 'utf8'));
			expect([rule, ...new Set(findings.map((finding) => finding.grade))]).toEqual([rule, grade]);
			expect(findings.some(isFailure)).toBe(grade === 'critical' || grade === 'serious');
		}
	});

	test('says in which view a fault shows', async () => {
		const [finding] = await audit(readFileSync(join(folder, 'sideways-scroll.html'), 'utf8'));
		expect(finding?.views).toEqual(['light 320', 'dark 320']);
	});

	test('is a command that fails where a mail would fail in the report', () => {
		const type = (file: string) =>
			spawnSync(process.execPath, ['scripts/newsletter.ts', 'audit', file], {
				cwd: join(import.meta.dirname, '..'),
				encoding: 'utf8',
				env: { PATH: process.env['PATH'], NO_COLOR: '1' },
			});
		const bad = type(join(folder, 'image-alt.html'));
		expect(bad.stdout).toMatch(
			/^critical image-alt \(light 800, light 320\)\n {2}<img .*\n {2}Images must/,
		);
		expect(bad.status).toBe(1);
		const mild = type(join(folder, 'h1.html'));
		expect(mild.stdout).toContain('mild h1');
		expect(mild.status).toBe(0);
		const none = type('no-such-mail.html');
		expect(none.stderr).toContain('no-such-mail.html cannot be read.');
		expect(none.status).toBe(2);
	});

	// A letter of ours, made worse where only a browser can tell.
	test.each([
		['sideways-scroll', /max-width:600px;margin:0 auto/, 'width:640px;margin:0 auto'],
		['color-contrast', /\.c-ink\{color:#\w{6}/, '.c-ink{color:#2a3133'],
		['h1', /<h1/, '<h1 hidden'],
		['body-lang', /<div lang="en-GB"/, '<div'],
		['image-alt-contrast', /(<img[^>]*style=")color:#\w{6}/, '$1color:#f4f7f5'],
	])('sees %s in a spoiled letter', async (rule, from, to) => {
		const html = sink.letters[0]?.message.html ?? '';
		const spoiled = html.replace(from, to);
		expect(spoiled).not.toBe(html);
		expect((await audit(spoiled)).map((finding) => finding.rule)).toContain(rule);
	});
});

/** What a faulty mail is named after: `layout-table.in-outlook.html` is one for `layout-table`. */
function ruleOf(name: string): string {
	return name.split('.')[0] ?? name;
}

/** The ten headline rules of the report, and those it lists besides. */
const reportGrades = {
	'body-dir': 'serious',
	'body-lang': 'serious',
	'layout-table': 'serious',
	h1: 'mild',
	'link-name': 'serious',
	'html-has-lang': 'serious',
	'color-contrast': 'serious',
	'image-alt': 'critical',
	'document-title': 'serious',
	'link-text': 'moderate',
	'link-underline': 'serious',
	'meta-viewport': 'critical',
	'vml-alt': 'critical',
};
