/** Promos by the clock: the board, the red bar and the check say the same on every day. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkPromos } from '#/library/rules/promos.ts';
import { sampleShelf } from '#/library/sample.ts';
import { promoState } from '#/library/view.ts';
import { random } from '../scripts/bench/random.ts';
import { daysFrom } from './calendar.ts';
import { buildSite, copyContent, filesOf, root } from './site.ts';

const contentDir = copyContent();
writeFileSync(
	join(contentDir, 'promos/spring-hose.yaml'),
	`title: Spring hose check
offer: A check of every hose and tap, one visit, parts not included.
starts: 2027-03-29
ends: 2027-04-04
where: [home page banner]
who: Homeowners in our service area, one per address
say: Yes, the check is free until Sunday the 4th; parts are extra.
owner: person/priya
`,
);

describe('each of 120 days, for 60 promos', () => {
	const days = daysFrom('2027-01-15', '2027-05-14');

	test.each([0, 2, 5])(
		'with a notice of %i days, state and check follow the calendar',
		async (promoNoticeDays) => {
			const { next, one } = random(promoNoticeDays);
			const promos = Array.from({ length: 60 }, (_, i) => {
				const first = 5 + Math.floor(next() * 100);
				// Some last one day only.
				const last = Math.min(days.length - 1, first + one([0, 1, 6, 30]));
				return { slug: `p${i}`, first, last, isBriefed: next() < 0.4 };
			});
			const files = Object.fromEntries(
				promos.map(({ slug, first, last, isBriefed }) => [
					`promo/${slug}`,
					{
						starts: days[first],
						ends: days[last],
						briefed: isBriefed ? { on: days[first - 1], by: 'person/ada' } : undefined,
					},
				]),
			);
			const shelf = await sampleShelf(files, { settings: { promoNoticeDays } });
			const wrong: string[] = [];
			for (const [n, today] of days.entries()) {
				const facts = {
					...shelf,
					today,
					now: new Date(`${today}T12:00:00Z`),
					terms: [],
					unread: new Set<string>(),
				};
				const reported = new Set(
					checkPromos(facts).flatMap(({ rule, level, file }) =>
						rule === 'promo/unbriefed' && level === 'error' ? [file] : [],
					),
				);
				for (const { slug, first, last, isBriefed } of promos) {
					const phase = n < first ? 'coming' : n <= last ? 'live' : 'ended';
					const isUnbriefed = !isBriefed && phase !== 'ended';
					const isUrgent = isUnbriefed && n >= first - promoNoticeDays;
					const entry = shelf.entries.find(({ ref }) => ref === `promo/${slug}`);
					if (entry?.kind !== 'promo') throw new Error(`${slug} is not there.`);
					const found = promoState(facts, entry.data);
					const isReported = reported.has(`promos/${slug}.yaml`);
					if (found.phase !== phase || found.isUnbriefed !== isUnbriefed)
						wrong.push(`${today} ${slug}`);
					if (found.isUrgent !== isUrgent || isReported !== isUrgent)
						wrong.push(`${today} ${slug} urgent`);
				}
			}
			expect(wrong).toEqual([]);
		},
	);
});

describe.each([
	[
		'2027-03-25T23:30:00Z',
		'three days before',
		{ bar: undefined, unbriefed: 1, exit: 0, phase: 'coming' },
	],
	[
		'2027-03-27T00:30:00Z',
		'two days before',
		{ bar: 'starts on 29 March 2027 (in 2 days)', unbriefed: 1, exit: 1, phase: 'coming' },
	],
	[
		'2027-03-30T08:00:00Z',
		'while it runs',
		{ bar: 'has been live since 29 March 2027', unbriefed: 1, exit: 1, phase: 'live' },
	],
	[
		'2027-04-05T08:00:00Z',
		'when it is over',
		{ bar: undefined, unbriefed: 0, exit: 0, phase: 'ended' },
	],
] as const)('a promo nobody briefed, at %s, %s', (now, _when, expected) => {
	let folder: string;
	const page = (path: string): string => readFileSync(join(folder, path, 'index.html'), 'utf8');

	beforeAll(async () => {
		folder = await buildSite('playbook', { TANDEM_NOW: now, TANDEM_CONTENT: contentDir });
	});

	test('the red bar stands on home, on the board and on its page, or on none', () => {
		for (const path of ['/', '/promos/', '/promos/spring-hose/']) {
			const bar = /<p class="alarm[^>]*>(.*?)<\/p>/s.exec(page(path))?.[1];
			const words = bar
				?.replace(/<[^>]+>/g, '')
				.replace(/\s+/g, ' ')
				.trim();
			expect(words, path).toBe(
				expected.bar &&
					`Not briefed: Spring hose check ${expected.bar}, and nobody has briefed those who answer customers. Ask Priya Raman.`,
			);
		}
	});

	test('the board has it under its state, and among those not briefed until it is over', () => {
		const board = page('/promos/');
		const groups = Object.fromEntries(
			['unbriefed', 'live', 'coming', 'ended'].map((id) => [
				id,
				new RegExp(`<section[^>]* id="${id}"(.*?)</section>`, 's').exec(board)?.[1] ?? '',
			]),
		);
		const holding = Object.keys(groups).filter((id) => groups[id]?.includes('Spring hose check'));
		expect(holding).toEqual(
			expected.unbriefed > 0 ? ['unbriefed', expected.phase] : [expected.phase],
		);
	});

	test('the check fails while the bar stands, and only then', async () => {
		const { code, stdout } = await check(now);
		expect(code, stdout).toBe(expected.exit);
		expect(stdout.includes('spring-hose.yaml')).toBe(expected.exit === 1);
	});
});

test('the public site is built all the same, and knows nothing of it', async () => {
	const env = { TANDEM_NOW: '2027-03-27T08:00:00Z', TANDEM_CONTENT: contentDir };
	const folder = await buildSite('newsletter', env);
	const told = filesOf(folder).filter(
		(file) =>
			/\.(?:html|xml|json|txt)$/.test(file) &&
			readFileSync(join(folder, file), 'utf8').includes('Spring hose'),
	);
	expect(told).toEqual([]);
});

/** `content check`, as an editor runs it. */
function check(now: string): Promise<{ code: number; stdout: string }> {
	return new Promise((resolve) => {
		execFile(
			process.execPath,
			[join(root, 'scripts/content.ts'), 'check', '--quiet'],
			{
				cwd: root,
				env: {
					PATH: process.env['PATH'] ?? '',
					TANDEM_CONTENT: contentDir,
					TANDEM_NOW: now,
					TANDEM_CACHE: join(contentDir, '.cache'),
				},
			},
			(error, stdout) => resolve({ code: error ? Number(error.code) : 0, stdout }),
		);
	});
}
