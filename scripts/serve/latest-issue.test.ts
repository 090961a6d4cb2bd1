import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { latestIssue } from './latest-issue.ts';

const issue = (number: string, planned: string) => ({
	title: `Issue #${number}`,
	url: `https://news.example.com/issues/${number}/`,
	date_published: planned,
});

function aSite(feed: unknown): string {
	const folder = mkdtempSync(join(tmpdir(), 'tandem-feed-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	if (feed !== undefined) writeFileSync(join(folder, 'feed.json'), JSON.stringify(feed));
	return folder;
}

test.each([
	['2026-11-24T08:59:00Z', 'Issue #004'],
	['2026-11-24T09:30:00Z', 'Issue #004'],
	['2026-11-24T10:00:00Z', 'Issue #005'],
	['2026-11-01T00:00:00Z', undefined],
])('at %s the newest issue that is surely out is %s', async (now, title) => {
	const items = [
		issue('005', '2026-11-24T09:00:00.000Z'),
		issue('004', '2026-11-17T09:00:00.000Z'),
	];
	expect((await latestIssue(aSite({ items }), new Date(now)))?.title).toBe(title);
});

test.each([undefined, {}, { items: [] }, { items: [{ title: 'x' }] }])(
	'a feed like %j names none',
	async (feed) => {
		expect(await latestIssue(aSite(feed), new Date())).toBeUndefined();
	},
);
