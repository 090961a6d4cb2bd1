/** The page and link guards against the public site as it is built, and the mails as compiled. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GuardFacts, GuardPorts } from '#/delivery/guards/facts.ts';
import { refuseLinks } from '#/delivery/guards/links.ts';
import { refusePage } from '#/delivery/guards/page.ts';
import type { Message } from '#/delivery/message.ts';
import { payloadOf } from '#/delivery/message.ts';
import { machineWeb, openSite } from '#/delivery/site.ts';
import { compileIssue } from '#/email/compile.ts';
import { ready } from '#/library/entries.ts';
import { openContent } from '#/library/shelf.ts';
import { serveFolder } from '../scripts/start/static.ts';
import type { StaticSite } from '../scripts/start/static.ts';
import { buildSite, root } from './site.ts';

const now = '2026-11-24T08:00:00Z';

let served: StaticSite;
let messages: Message[];
let home: string;

beforeAll(async () => {
	served = await serveFolder(await buildSite('newsletter', { TANDEM_NOW: now }), 0, 'port');
	const contentDir = join(root, 'content');
	const { library } = await openContent({ contentDir, audience: 'public', now: new Date(now) });
	messages = ready(library, 'issue').map((issue) => compileIssue(library, issue));
	home = library.settings.sites.public;
});

afterAll(() => served.close());

function aCheck(message: Message): { facts: GuardFacts; ports: GuardPorts; told: string[] } {
	const told: string[] = [];
	// These two guards read nothing else.
	const facts = {
		issue: message.issue,
		payload: payloadOf(message, { segmentId: 'segment', topicId: 'topic' }),
		contentHash: message.contentHash,
		page: { issue: `${home}/issues/${message.issue}/`, feed: `${home}/atom.xml` },
		typed: {},
	} as unknown as GuardFacts;
	const ports = {
		site: openSite({ publicOrigin: home, servedFrom: served.url }, machineWeb()),
		isSandbox: true,
		now: () => new Date(),
		waitPageMs: 0,
		wait: async () => {},
		tell: (step: string, text: string) => told.push(`${step}: ${text}`),
	} as unknown as GuardPorts;
	return { facts, ports, told };
}

test('the newest issue is live on the built site, in the feed, and every link of ours answers', async () => {
	const newest = messages.at(-1);
	if (!newest) throw new Error('There is an issue.');
	const { facts, ports, told } = aCheck(newest);
	await refusePage(facts, ports);
	await refuseLinks(facts, ports);
	expect(told.at(0)).toBe(
		`page: ${home}/issues/${newest.issue}/ shows this content, and the feed has it`,
	);
	expect(told.at(-1)).toMatch(/^links: [1-9]\d* answer$/);
});

test('an issue with other words than its page is stopped', async () => {
	const newest = messages.at(-1);
	if (!newest) throw new Error('There is an issue.');
	const { facts, ports } = aCheck({ ...newest, contentHash: 'f'.repeat(64) });
	await expect(refusePage(facts, ports)).rejects.toMatchObject({ code: 'page' });
});

test('an issue whose day has not come is stopped', async () => {
	const newest = messages.at(-1);
	if (!newest) throw new Error('There is an issue.');
	const { facts, ports } = aCheck({ ...newest, issue: '006' });
	await expect(refusePage(facts, ports)).rejects.toThrow(/issues\/006\/ answered 404/);
});
