/**
 * SpamAssassin's verdict on real messages: multipart/alternative, quoted-printable, with the list
 * headers a broadcast gets. It runs without network, by the rules that came with it.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environment } from '#/environment.ts';
import { ensurePrograms } from '../scripts/debian.ts';
import { deliveredMails } from './delivered-mail.ts';
import { kitchenSink, ownContent } from './mail-fixture.ts';

const missing = ensurePrograms({ spamassassin: 'spamassassin' });
if (missing !== undefined) console.warn(`SKIPPED outside CI: the spam tests. ${missing}`);

const bad = join(import.meta.dirname, 'fixtures/spam');
const named = [
	'HTML_IMAGE_ONLY_04',
	'HTML_SHORT_LINK_IMG_1',
	'MPART_ALT_DIFF',
	'HTML_TITLE_SUBJ_DIFF',
];

test.runIf(environment().isCi)('SpamAssassin is there in CI', () => {
	expect(missing).toBeUndefined();
});

describe.skipIf(missing !== undefined)('SpamAssassin', () => {
	const folder = mkdtempSync(join(tmpdir(), 'tandem-spam-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	let verdicts: Record<string, Verdict> = {};

	beforeAll(async () => {
		const mails = [...(await deliveredMails(ownContent)), ...(await deliveredMails(kitchenSink))];
		const good = mails.map(({ slug, raw }) => {
			const file = join(folder, `${slug}.eml`);
			writeFileSync(file, raw);
			return file;
		});
		const faulty = readdirSync(bad).map((name) => join(bad, name));
		verdicts = await judge([...good, ...faulty], folder);
	});

	test('finds next to nothing against any letter', () => {
		const letters = Object.entries(verdicts).filter(([file]) => !file.startsWith(bad));
		expect(letters).toHaveLength(8);
		for (const [file, { score, rules }] of letters) {
			expect(score, `${file} ${rules.join(' ')}`).toBeLessThanOrEqual(0.5);
			expect(
				rules.filter((rule) => named.includes(rule)),
				file,
			).toEqual([]);
		}
	});

	test.each([
		['picture-only.eml', ['HTML_IMAGE_ONLY_04', 'HTML_SHORT_LINK_IMG_1']],
		['text-unlike-html.eml', ['HTML_TITLE_SUBJ_DIFF', 'MPART_ALT_DIFF']],
		['shouting.eml', ['MPART_ALT_DIFF', 'SUBJ_ALL_CAPS']],
	])('finds the faults of %s', (name, rules) => {
		const verdict = verdicts[join(bad, name)];
		expect(verdict?.score).toBeGreaterThan(3);
		expect(verdict?.rules).toEqual(expect.arrayContaining(rules));
	});
});

/** Judges messages in one run, with no state but that in `home`. */
async function judge(files: readonly string[], home: string): Promise<Record<string, Verdict>> {
	const preferences = join(home, 'user_prefs');
	writeFileSync(
		preferences,
		'use_bayes 0\nclear_headers\nfold_headers 0\nadd_header all Verdict _SCORE_ _TESTS(,)_\n',
	);
	const output = await run(
		['--local', '--nocreate-prefs', `--prefspath=${preferences}`, ...files],
		home,
	);
	const found = [...output.matchAll(/^X-Spam-Verdict: (-?[\d.]+) (\S*)$/gm)];
	expect(found).toHaveLength(files.length);
	return Object.fromEntries(
		files.map((file, index) => {
			const [, score, rules = ''] = found[index] ?? [];
			return [file, { score: Number(score), rules: rules.split(',') }];
		}),
	);
}

function run(args: string[], home: string): Promise<string> {
	return new Promise((done, fail) => {
		execFile(
			'spamassassin',
			args,
			{
				env: { HOME: home, PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
				maxBuffer: 64 * 1024 * 1024,
				timeout: 120_000,
			},
			(error, stdout, stderr) => {
				if (error) fail(new Error(`SpamAssassin failed.\n${stderr}`, { cause: error }));
				else done(stdout);
			},
		);
	});
}

interface Verdict {
	/** Points; five make a mail spam by its defaults. */
	score: number;
	rules: string[];
}
