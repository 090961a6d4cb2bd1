/** Every guard, through the official SDK and over HTTP, against the sandbox and a site on loopback. */
import { describe, expect, test } from 'vitest';
import { shortHash } from '#/delivery/canonical.ts';
import type { GuardFacts, GuardPorts } from '#/delivery/guards/facts.ts';
import { allGuards, runGuards } from '#/delivery/guards/guards.ts';
import type { Guards } from '#/delivery/guards/guards.ts';
import { payloadHash } from '#/delivery/message.ts';
import { planTime } from '#/delivery/schedule.ts';
import type { Site } from '#/delivery/site.ts';
import { Stop } from '#/delivery/stop.ts';
import type { StopCode } from '#/delivery/stop.ts';
import {
	aGuardLab,
	aPayload,
	aReceipt,
	home,
	issuePage,
	NOW,
	outside,
	pageUrl,
	reading,
	scheduled,
} from './guards-lab.ts';
import type { GuardLab } from './guards-lab.ts';
import { dataOf, HOUR, MINUTE } from './sandbox-lab.ts';

/** What one guard alone stops: without it the issue would go out. */
interface Scenario {
	title: string;
	guard: string;
	code: StopCode;
	says: RegExp;
	bend(lab: GuardLab): Promise<Bent | void> | Bent | void;
}

interface Bent {
	facts?: Partial<GuardFacts>;
	ports?: Partial<GuardPorts>;
}

/** Facts for another payload, approved as it is. */
function approved(change: Parameters<typeof aPayload>[0]): Partial<GuardFacts> {
	const payload = aPayload(change);
	return { payload, typed: { approve: shortHash(payloadHash(payload)) } };
}

function planned(day: string, time = '09:00') {
	return planTime(day, time, 'Europe/London', 'test');
}

async function typed(lab: GuardLab, more: Partial<GuardFacts['typed']>): Promise<Bent> {
	return { facts: { typed: { ...(await lab.facts()).typed, ...more } } };
}

function domainOf(lab: GuardLab) {
	const [domain] = lab.sandbox.state.domains.values();
	if (!domain) throw new Error('The account has a domain.');
	return domain;
}

function withHtml(lab: GuardLab, html: string): Partial<GuardFacts> {
	return approved({ html, segmentId: lab.segmentId, topicId: lab.topicId });
}

const scenarios: Scenario[] = [
	{
		title: 'a receipt that cannot be read',
		guard: 'refuseUnreadableReceipts',
		code: 'receipt-unreadable',
		says: /015-x\.receipt\.json is no valid receipt: it is empty/,
		bend: () => ({
			facts: {
				receipts: [{ kind: 'unreadable', file: '015-x.receipt.json', reason: 'it is empty' }],
			},
		}),
	},
	{
		title: 'a folder of receipts that cannot be read',
		guard: 'refuseUnreadableReceipts',
		code: 'receipt-not-kept',
		says: /EACCES/,
		bend: () => ({ facts: { receipts: [{ kind: 'failed', file: 'issues', reason: 'EACCES' }] } }),
	},
	{
		title: 'an error the lint found',
		guard: 'refuseMail',
		code: 'mail',
		says: /no way to unsubscribe\. Put it in\./,
		bend: () => ({
			facts: {
				problems: [
					{
						file: 'a.mdx',
						rule: 'mail/unsubscribe',
						level: 'error',
						message: 'There is no way to unsubscribe.',
						fix: 'Put it in.',
					},
				],
			},
		}),
	},
	{
		title: 'content that changed after it was approved',
		guard: 'refuseUnapproved',
		code: 'not-approved',
		says: /What was approved is 0123456789ab; what would be sent is [0-9a-f]{12}\./,
		bend: () => ({ facts: { typed: { approve: '0123456789ab' } } }),
	},
	{
		title: 'an approval of half a hash',
		guard: 'refuseUnapproved',
		code: 'not-approved',
		says: /What was approved is [0-9a-f]{6};/,
		async bend(lab) {
			const { approve } = (await lab.facts()).typed;
			return typed(lab, { approve: approve?.slice(0, 6) });
		},
	},
	{
		title: 'content that nobody approved',
		guard: 'refuseUnapproved',
		code: 'not-approved',
		says: /Nobody approved issue 017 as it is \([0-9a-f]{12}\)/,
		bend: () => ({ facts: { typed: {} } }),
	},
	{
		title: 'a plan made by other laws about the zone',
		guard: 'refuseZone',
		code: 'zone',
		says: /2026-11-24T09:00 in Europe\/London is 2026-11-24T09:00:00Z .*the plan says 2026-11-24T08:00:00Z \(2031z\)/,
		bend: () => ({
			facts: { planned: { ...planned('2026-11-24'), utc: '2026-11-24T08:00:00Z', tz: '2031z' } },
		}),
	},
	{
		title: 'a clock of this machine that is an hour slow',
		guard: 'refuseClock',
		code: 'clock',
		says: /60 minutes apart/,
		bend: (lab) => ({
			ports: { now: () => new Date(lab.sandbox.clock.now().getTime() - HOUR) },
		}),
	},
	{
		title: 'a clock of this machine that is six minutes fast',
		guard: 'refuseClock',
		code: 'clock',
		says: /6 minutes apart/,
		bend: (lab) => ({
			ports: { now: () => new Date(lab.sandbox.clock.now().getTime() + 6 * MINUTE) },
		}),
	},
	{
		title: 'a plan that is over six hours old',
		guard: 'refuseTooLate',
		code: 'too-late',
		says: /planned for 2026-11-24T09:00:00Z; at 2026-11-24T14:55:\d\dZ that is over 6 hours ago/,
		bend: (lab) => lab.sandbox.clock.set(new Date('2026-11-24T14:55:00Z')),
	},
	{
		title: 'a late send of another day than the planned one',
		guard: 'refuseTooLate',
		code: 'too-late',
		says: /--late names 2026-11-23; issue 017 was planned for 2026-11-24/,
		bend: (lab) => typed(lab, { late: '2026-11-23' }),
	},
	{
		title: 'a plan further ahead than a reservation is kept',
		guard: 'refuseTooEarly',
		code: 'too-early',
		says: /more than 30 days after 2026-11-23T12:00/,
		bend: () => ({ facts: { planned: planned('2026-12-29') } }),
	},
	{
		title: 'an issue of the same week by its receipt',
		guard: 'refuseSameWeek',
		code: 'week',
		says: /Issue 018 \(broadcast \S+\) is scheduled in the week of 2026-11-23/,
		async bend(lab) {
			const broadcast = await scheduled(
				lab,
				'tandem:018#1 bbbbbbbbbbbb',
				'2026-11-27T09:00:00.000Z',
			);
			const receipt = aReceipt({ issue: '018', broadcast, planned: planned('2026-11-27') });
			return { facts: { receipts: [reading(receipt)] } };
		},
	},
	{
		title: 'an issue of the same week that only the account knows',
		guard: 'refuseSameWeek',
		code: 'week',
		says: /Issue 018 .* is scheduled/,
		async bend(lab) {
			await scheduled(lab, 'tandem:018#1 bbbbbbbbbbbb', '2026-11-29T23:59:00.000Z');
		},
	},
	{
		title: 'row 27: a stray with an unknown name that went to our readers this week',
		guard: 'refuseSameWeek',
		code: 'week',
		says: /A broadcast to our readers that no receipt knows \(\S+, "Spring offer"\) went out/,
		async bend(lab) {
			await scheduled(lab, 'Spring offer', '2026-11-23T12:30:00.000Z');
			await lab.sandbox.clock.set(new Date('2026-11-23T13:00:00Z'));
		},
	},
	{
		title: 'a real send before anybody saw the headers',
		guard: 'refuseFirstSend',
		code: 'first-send',
		says: /Nobody has recorded/,
		bend: () => ({ facts: { headersSeen: undefined } }),
	},
	{
		title: 'the first issue of an account without a canary of these bytes',
		guard: 'refuseFirstSend',
		code: 'first-send',
		says: /no canary of it was sent/,
		async bend(lab) {
			lab.sandbox.state.broadcasts.delete(lab.past);
			const canary = dataOf(await lab.resend.segments.create({ name: 'canary' }));
			await scheduled(lab, 'tandem-canary:017 0123456789ab', '2026-11-23T12:05:00.000Z', {
				segmentId: canary.id,
			});
			await lab.sandbox.clock.set(new Date('2026-11-23T12:30:00Z'));
		},
	},
	{
		title: 'row 22: the id of a segment of another environment',
		guard: 'refuseOtherIds',
		code: 'audience-missing',
		says: /The segment \S+ is called "readers of staging"; the settings call it "readers"/,
		async bend(lab) {
			const other = dataOf(await lab.resend.segments.create({ name: 'readers of staging' }));
			const { resend, segmentId } = lab;
			const { data } = dataOf(await resend.contacts.list({ segmentId }));
			for (const { id } of data) {
				dataOf(await resend.contacts.segments.add({ contactId: id, segmentId: other.id }));
			}
			return { facts: approved({ segmentId: other.id, topicId: lab.topicId }) };
		},
	},
	{
		title: 'the id of a topic that is not at the provider',
		guard: 'refuseOtherIds',
		code: 'audience-missing',
		says: /The topic 0000 is not at the provider/,
		bend: (lab) => ({ facts: approved({ segmentId: lab.segmentId, topicId: '0000' }) }),
	},
	{
		title: 'a topic that counts people in who never asked',
		guard: 'refuseOtherIds',
		code: 'topic-default',
		says: /"Weekly" counts people in/,
		bend(lab) {
			const topic = lab.sandbox.state.topics.get(lab.topicId);
			if (topic) topic.default_subscription = 'opt_in';
		},
	},
	{
		title: 'row 22: an audience of nobody, even where that was typed',
		guard: 'refuseNobody',
		code: 'nobody',
		says: /nobody who may be mailed/,
		bend(lab) {
			for (const contact of lab.sandbox.state.contacts.values()) contact.unsubscribed = true;
			return typed(lab, { audience: 0 });
		},
	},
	{
		title: 'an audience above the cap',
		guard: 'refuseAudienceCap',
		code: 'audience-cap',
		says: /holds 10 readers; the settings allow 9/,
		bend: () => ({ facts: { audienceCap: 9 } }),
	},
	{
		title: 'row 22: an audience that doubled',
		guard: 'refuseAudienceChange',
		code: 'audience-changed',
		says: /holds 10 readers; issue 016 went to up to 5\. That is more than 30 % more/,
		bend: (lab) => ({ facts: withUpTo(lab, 5) }),
	},
	{
		title: 'row 22: an audience that halved',
		guard: 'refuseAudienceChange',
		code: 'audience-changed',
		says: /issue 016 went to up to 20\. That is more than 30 % fewer/,
		bend: (lab) => ({ facts: withUpTo(lab, 20) }),
	},
	{
		title: 'a typed number of readers that is not the exact one',
		guard: 'refuseAudienceChange',
		code: 'audience-changed',
		says: /--audience names 11; the segment holds 10/,
		bend: (lab) => typed(lab, { audience: 11 }),
	},
	{
		title: 'more contacts than the plan allows',
		guard: 'refuseContactsQuota',
		code: 'contacts-quota',
		says: /holds 12 contacts; its plan allows 11/,
		bend(lab) {
			lab.sandbox.knobs.quota = { ...lab.sandbox.knobs.quota, contacts: 11 };
		},
	},
	{
		title: 'a domain of the sender that is not verified',
		guard: 'refuseDomain',
		code: 'domain',
		says: /news\.larkfield\.example is "pending", not verified/,
		bend(lab) {
			domainOf(lab).status = 'pending';
		},
	},
	{
		title: 'a domain of the sender that the account does not have',
		guard: 'refuseDomain',
		code: 'domain',
		says: /has no domain mail\.larkfield\.example/,
		bend: ({ segmentId, topicId }) => ({
			facts: approved({ from: 'A <a@mail.larkfield.example>', segmentId, topicId }),
		}),
	},
	{
		title: 'tracked clicks and opens',
		guard: 'refuseTracking',
		code: 'tracking',
		says: /news\.larkfield\.example tracks opens and clicks/,
		async bend(lab) {
			const { id } = domainOf(lab);
			dataOf(await lab.resend.domains.update({ id, openTracking: true, clickTracking: true }));
		},
	},
	{
		title: 'row 28: a complaint about the last issue above the limit',
		guard: 'refuseHealth',
		code: 'health',
		says: /^1 of 8 copies of issue 016 drew a complaint: 12\.5 %; the provider's limit is 0\.08 %\.$/,
		bend(lab) {
			lab.sandbox.report(lab.sandbox.mails()[0]?.id ?? '', 'complained');
		},
	},
	{
		title: 'row 28: bounces of the last issue above the limit',
		guard: 'refuseHealth',
		code: 'health',
		says: /^2 of 8 copies of issue 016 bounced: 25 %/,
		bend(lab) {
			for (const { id } of lab.sandbox.mails().slice(0, 2)) lab.sandbox.report(id, 'bounced');
		},
	},
	{
		title: 'row 21: a page that is not deployed',
		guard: 'refusePage',
		code: 'page',
		says: /^https:\/\/news\.larkfield\.example\/issues\/017\/ answered 404\.$/,
		bend(lab) {
			lab.web.hide('/issues/017/');
			return { facts: withHtml(lab, '<a href="{{{RESEND_UNSUBSCRIBE_URL}}}">Leave</a>') };
		},
	},
	{
		title: 'row 21: a page with another number',
		guard: 'refusePage',
		code: 'page',
		says: /shows issue 016, not 017/,
		bend: (lab) => lab.web.show('/issues/017/', issuePage('016', 'c'.repeat(12))),
	},
	{
		title: 'row 21: an old page that is still cached',
		guard: 'refusePage',
		code: 'page',
		says: /shows another version: content bbbbbbbbbbbb, the mail has cccccccccccc/,
		bend: (lab) => lab.web.show('/issues/017/', issuePage('017', 'b'.repeat(12))),
	},
	{
		title: 'a page that is something else, such as a login',
		guard: 'refusePage',
		code: 'page',
		says: /does not say which issue it shows/,
		bend: (lab) => lab.web.show('/issues/017/', '<html><title>Sign in</title></html>'),
	},
	{
		title: 'a page that moved to another host',
		guard: 'refusePage',
		code: 'page',
		says: /redirects to https:\/\/elsewhere\.example, which is not the public site/,
		bend(lab) {
			lab.web.show('/issues/017/', '', {
				status: 302,
				headers: { location: 'https://elsewhere.example/issues/017/' },
			});
			return { facts: withHtml(lab, '') };
		},
	},
	{
		title: 'a page that moved to another host by way of our own, and is no longer encrypted',
		guard: 'refusePage',
		code: 'page',
		says: /redirects to http:\/\/news\.larkfield\.example, which is not the public site/,
		bend(lab) {
			const location = `${home.replace('https', 'http')}/elsewhere/`;
			lab.web.show('/issues/017/', '', { status: 302, headers: { location: '/moved/' } });
			lab.web.show('/moved/', '', { status: 302, headers: { location } });
			return { facts: withHtml(lab, '') };
		},
	},
	{
		title: 'a page too large to be one',
		guard: 'refusePage',
		code: 'page',
		says: /issues\/017\/ is larger than 5 MB/,
		bend: (lab) => lab.web.show('/issues/017/', 'x'.repeat(5_000_001)),
	},
	{
		title: 'a page that never ends',
		guard: 'refusePage',
		code: 'page',
		says: /issues\/017\/ did not answer within 0\.3 seconds/,
		bend: (lab) => lab.web.show('/issues/017/', '<html>', { hangs: 'in the body' }),
	},
	{
		title: 'a feed on another host',
		guard: 'refusePage',
		code: 'page',
		says: /is not on the public site/,
		bend: () => ({ facts: { page: { issue: pageUrl, feed: outside } } }),
	},
	{
		title: 'a feed without this issue',
		guard: 'refusePage',
		code: 'page',
		says: /The feed \S+\/atom\.xml has no entry for \S+\/issues\/017\//,
		bend: (lab) => lab.web.show('/atom.xml', `<feed><id>${home}/issues/0171/</id></feed>`),
	},
	{
		title: 'a real send without a public site',
		guard: 'refusePage',
		code: 'page',
		says: /no public site to look at/,
		bend: () => ({ ports: { site: undefined } }),
	},
	{
		title: 'a picture that is not on the public site',
		guard: 'refuseLinks',
		code: 'links',
		says: /Of 3 links and pictures of the mail, 1 do not lead anywhere:\nhttps:\/\/news\.larkfield\.example\/logo\.png answered 404/,
		bend: (lab) => lab.web.hide('/logo.png'),
	},
	{
		title: 'an outside link that leads nowhere',
		guard: 'refuseLinks',
		code: 'links',
		says: /elsewhere\.example\/study\?a=1&b=2 answered 404/,
		bend: (lab) => lab.web.hide('elsewhere.example/study'),
	},
	{
		title: 'a page of ours that shuts readers out',
		guard: 'refuseLinks',
		code: 'links',
		says: /logo\.png answered 403/,
		bend: (lab) => lab.web.show('/logo.png', '', { status: 403 }),
	},
	{
		title: 'a link to a host that does not answer',
		guard: 'refuseLinks',
		code: 'links',
		says: /elsewhere\.example\/study\?a=1&b=2 did not answer within 0\.3 seconds/,
		bend: (lab) => lab.web.show('elsewhere.example/study', '', { hangs: 'at once' }),
	},
	{
		title: 'an address that is none',
		guard: 'refuseLinks',
		code: 'links',
		says: /"\/terms\/lead\/" is no web address/,
		bend: (lab) => ({ facts: withHtml(lab, '<a href="/terms/lead/">Lead</a>') }),
	},
];

function withUpTo(lab: GuardLab, upTo: number): Partial<GuardFacts> {
	const receipt = aReceipt({ broadcast: lab.past });
	return { receipts: [reading({ ...receipt, audience: { ...receipt.audience, upTo } })] };
}

function without(name: string): Guards {
	const keep = <T extends { name: string }>(guards: readonly T[]) =>
		guards.filter((guard) => guard.name !== name);
	return {
		facts: keep(allGuards.facts),
		account: keep(allGuards.account),
		site: keep(allGuards.site),
	};
}

async function run(lab: GuardLab, bent: Bent = {}, guards?: Guards) {
	return runGuards(await lab.facts(bent.facts), { ...lab.ports, ...bent.ports }, guards);
}

async function stopOf(promise: Promise<unknown>): Promise<Stop> {
	try {
		await promise;
	} catch (error) {
		if (error instanceof Stop) return error;
		throw error;
	}
	throw new Error('It did not stop.');
}

describe('each guard', () => {
	test.each(scenarios)('refuses $title', async ({ bend, code, says }) => {
		const lab = await aGuardLab();
		const bent = (await bend(lab)) ?? {};
		const before = lab.sandbox.journal().length;
		const stop = await stopOf(run(lab, bent));
		expect(stop.code).toBe(code);
		expect(stop.message).toMatch(says);
		expect(stop.hint).toBeTruthy();
		const calls = lab.sandbox.journal().slice(before);
		expect(calls.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test.each(scenarios)('is all that stops $title: without $guard it goes out', async (scenario) => {
		const lab = await aGuardLab();
		const bent = (await scenario.bend(lab)) ?? {};
		const passed = await run(lab, bent, without(scenario.guard));
		expect(passed.readers).toBeGreaterThanOrEqual(0);
	});

	test('has a scenario', () => {
		const names = Object.values(allGuards).flatMap((guards) =>
			guards.map(({ name }: { name: string }) => name),
		);
		expect(new Set(scenarios.map(({ guard }) => guard))).toEqual(new Set(names));
		expect(names).toHaveLength(19);
	});
});

describe('all guards together', () => {
	test('pass a healthy issue, ask the provider seven things, and write nothing', async () => {
		const lab = await aGuardLab();
		const facts = await lab.facts();
		const before = lab.sandbox.journal().length;
		await expect(runGuards(facts, lab.ports)).resolves.toEqual({ readers: 10 });
		const ops = lab.sandbox
			.journal()
			.slice(before)
			.map(({ op }) => op);
		expect(ops).toEqual([
			'domains.list',
			'domains.get',
			'usage.get',
			'emails.metrics',
			'contacts.list',
			'segments.list',
			'topics.list',
		]);
	});

	test('pass with a warning of the lint, and with another domain whose name is alike', async () => {
		const lab = await aGuardLab();
		dataOf(await lab.resend.domains.create({ name: 'old.news.larkfield.example' }));
		const warning = { file: 'a.mdx', rule: 'mail/size', message: 'Large.', fix: 'Cut.' };
		const bent = { facts: { problems: [{ ...warning, level: 'warn' as const }] } };
		await expect(run(lab, bent)).resolves.toEqual({ readers: 10 });
	});

	test('name every reason that is known at once, and ask nobody before that', async () => {
		const lab = await aGuardLab();
		const facts = await lab.facts({
			typed: {},
			headersSeen: undefined,
			planned: planned('2026-12-29'),
		});
		const before = lab.sandbox.journal().length;
		const stop = await stopOf(runGuards(facts, lab.ports));
		expect(stop.code).toBe('not-approved');
		expect(stop.message.split('\n')).toHaveLength(3);
		expect(stop.message).toMatch(/Nobody approved[^]*more than 30 days[^]*Nobody has recorded/);
		expect(stop.hint?.split('\n')).toHaveLength(3);
		expect(lab.sandbox.journal()).toHaveLength(before);
	});

	test('say a receipt that cannot be read alone: it is for a person, not to be gone round', async () => {
		const lab = await aGuardLab();
		const facts = await lab.facts({
			typed: {},
			receipts: [{ kind: 'unreadable', file: '015-x.receipt.json', reason: 'it is empty' }],
		});
		const stop = await stopOf(runGuards(facts, lab.ports));
		expect(stop.kind).toBe('conflict');
		expect(stop.message).not.toContain('approved');
	});

	test('end at once where a key may only send', async () => {
		const lab = await aGuardLab();
		const facts = await lab.facts({ audienceCap: 1 });
		lab.sandbox.failNext('domains.list', '401');
		expect((await stopOf(runGuards(facts, lab.ports))).code).toBe('key');
	});

	test.each(['domains.get', 'usage.get', 'emails.metrics', 'contacts.list', 'topics.list'])(
		'do not guess where %s gets no answer',
		async (op) => {
			const lab = await aGuardLab();
			const facts = await lab.facts();
			lab.sandbox.failNext(op, 'html-502', { times: 20 });
			expect((await stopOf(runGuards(facts, lab.ports))).code).toBe('unreachable');
		},
	);
});

describe('the last issue', () => {
	test('is the newest that went out, not one to come, one held, or this one', async () => {
		const lab = await aGuardLab();
		const past = aReceipt({ broadcast: lab.past });
		const held = await lab.draft({ name: 'tandem:019#1! bbbbbbbbbbbb' });
		const bent = {
			facts: {
				receipts: [
					aReceipt({ issue: '018', broadcast: 'to-come', planned: planned('2026-12-01') }),
					past,
					aReceipt({ issue: '019', broadcast: held, planned: planned('2026-11-20') }),
					aReceipt({ issue: '015', broadcast: 'long-gone', planned: planned('2026-11-10') }),
					aReceipt({
						issue: '017',
						broadcast: 'this-one',
						chosenAt: '2026-11-23T11:00:00Z',
						audience: { ...past.audience, upTo: 400 },
					}),
				].map(reading),
			},
		};
		for (const { id } of lab.sandbox.mails().slice(0, 2)) lab.sandbox.report(id, 'bounced');
		const stop = await stopOf(run(lab, bent));
		expect(stop.message).toMatch(/^2 of 8 copies of issue 016 bounced/);
	});

	test('without numbers is said, and stops nothing', async () => {
		const lab = await aGuardLab();
		lab.sandbox.failNext('emails.metrics', '403');
		await expect(run(lab)).resolves.toEqual({ readers: 10 });
		expect(lab.told).toContain('health: no numbers of issue 016: not judged');
	});

	test('is not passed over where the key may not ask', async () => {
		const lab = await aGuardLab();
		lab.sandbox.failNext('emails.metrics', '401');
		expect((await stopOf(run(lab))).code).toBe('key');
	});
});

describe('a person', () => {
	test('goes on above the cap and beyond the change with the exact number', async () => {
		const lab = await aGuardLab();
		const { facts } = await typed(lab, { audience: 10 });
		const bent = { facts: { ...facts, ...withUpTo(lab, 400), audienceCap: 3 } };
		await expect(run(lab, bent)).resolves.toEqual({ readers: 10 });
	});

	test('sends late with the planned day', async () => {
		const lab = await aGuardLab();
		await lab.sandbox.clock.set(new Date('2026-11-26T14:55:00Z'));
		await expect(run(lab, await typed(lab, { late: '2026-11-24' }))).resolves.toBeDefined();
	});

	test('goes on with bad numbers by --health-ok, and is told them', async () => {
		const lab = await aGuardLab();
		lab.sandbox.report(lab.sandbox.mails()[0]?.id ?? '', 'complained');
		await run(lab, await typed(lab, { isHealthOk: true }));
		expect(lab.told.join('\n')).toContain('1 of 8 copies of issue 016 drew a complaint');
	});

	test('goes on past outside links by --links-ok, not past our own', async () => {
		const lab = await aGuardLab();
		lab.web.hide('elsewhere.example/study');
		const bent = await typed(lab, { isLinksOk: true });
		await expect(run(lab, bent)).resolves.toBeDefined();
		expect(lab.told).toContain('links: 1 outside: not asked, as --links-ok says');
		expect(lab.web.asked.filter((line) => line.includes('elsewhere'))).toEqual([]);
		lab.web.hide('/logo.png');
		expect((await stopOf(run(lab, bent))).code).toBe('links');
	});
});

describe('the sandbox', () => {
	test('needs no canary and no clock, and asks nobody outside', async () => {
		const lab = await aGuardLab();
		lab.web.hide('elsewhere.example/study');
		const ports = { isSandbox: true, now: () => new Date(0) };
		await expect(run(lab, { facts: { headersSeen: undefined }, ports })).resolves.toBeDefined();
		expect(lab.told).toContain('links: 1 outside: not asked, a sandbox asks nobody outside');
		expect(lab.web.asked.filter((line) => line.includes('elsewhere'))).toEqual([]);
	});

	test('looks at its own page and pictures all the same', async () => {
		const lab = await aGuardLab();
		lab.web.hide('/logo.png');
		expect((await stopOf(run(lab, { ports: { isSandbox: true } }))).code).toBe('links');
	});

	test('says where there is no site to look at', async () => {
		const lab = await aGuardLab();
		await run(lab, { ports: { isSandbox: true, site: undefined } });
		expect(lab.told.join('\n')).toContain('page: not looked at');
	});
});

describe('the page', () => {
	test('is waited for, and not a minute longer than asked', async () => {
		const lab = await aGuardLab();
		lab.web.hide('/issues/017/');
		const stop = await stopOf(run(lab, { ports: { waitPageMs: 2 * MINUTE } }));
		expect(stop.code).toBe('page');
		expect(lab.sandbox.clock.now().getTime() - NOW.getTime()).toBeLessThan(2.5 * MINUTE);
		expect(lab.told.filter((line) => line.includes('Waiting'))).toHaveLength(1);
	});

	test('is not waited for longer because each look takes long', async () => {
		const lab = await aGuardLab();
		let looks = 0;
		const site: Site = {
			...lab.web.site,
			async read() {
				looks++;
				await lab.sandbox.clock.advance(MINUTE);
				return { kind: 'failed', reason: 'answered 503' };
			},
		};
		const wait = async () => {};
		const stop = await stopOf(run(lab, { ports: { site, wait, waitPageMs: 3 * MINUTE } }));
		expect(stop.message).toBe(`${pageUrl} answered 503.`);
		expect(looks).toBe(3);
	});

	test('passes once it is deployed', async () => {
		const lab = await aGuardLab();
		lab.web.hide('/issues/017/');
		let waits = 0;
		const wait = async (milliseconds: number) => {
			await lab.sandbox.clock.advance(milliseconds);
			waits++;
			if (waits === 3) lab.web.show('/issues/017/', issuePage('017', 'c'.repeat(12)));
		};
		await expect(run(lab, { ports: { waitPageMs: 20 * MINUTE, wait } })).resolves.toBeDefined();
		expect(waits).toBe(3);
	});
});

describe('the first send', () => {
	async function firstLab(hash?: string): Promise<GuardLab> {
		const lab = await aGuardLab();
		lab.sandbox.state.broadcasts.delete(lab.past);
		const canary = dataOf(await lab.resend.segments.create({ name: 'canary' }));
		const { payload } = await lab.facts();
		const name = `tandem-canary:017 ${hash ?? shortHash(payloadHash(payload))}`;
		await scheduled(lab, name, '2026-11-23T12:05:00.000Z', { segmentId: canary.id });
		return lab;
	}

	test('goes out once a canary of these bytes did', async () => {
		const lab = await firstLab();
		expect((await stopOf(run(lab))).code).toBe('first-send');
		await lab.sandbox.clock.set(new Date('2026-11-23T12:30:00Z'));
		await expect(run(lab)).resolves.toEqual({ readers: 10 });
	});
});

describe('links', () => {
	const cases: { title: string; at: string; says: string; show?: (lab: GuardLab) => void }[] = [
		{
			title: 'into a private network is not asked',
			at: 'http://inside.example/admin',
			says: 'http://inside.example/admin leads into a private network',
			show: (lab) => lab.web.show('inside.example/admin', 'secret'),
		},
		{
			title: 'to a host that does not exist is named',
			at: 'https://nowhere.example/',
			says: 'https://nowhere.example/ is on a host that does not exist',
		},
		{
			title: 'that redirects into a private network is not followed',
			at: 'https://moved.example/',
			says: 'https://moved.example/ leads into a private network',
			show: (lab) =>
				lab.web.show('moved.example/', '', {
					status: 301,
					headers: { location: 'http://inside.example/admin' },
				}),
		},
		{
			title: 'that redirects in a circle is given up',
			at: 'https://circle.example/',
			says: 'https://circle.example/ redirects more than 5 times',
			show: (lab) =>
				lab.web.show('circle.example/', '', { status: 307, headers: { location: '/' } }),
		},
		{
			title: 'with a password in it is not asked',
			at: 'https://ada:secret@elsewhere.example/study',
			says: 'holds a name or a password',
		},
		{
			title: 'to a faulty server is asked three times',
			at: 'https://faulty.example/',
			says: 'https://faulty.example/ answered 503',
			show: (lab) => lab.web.show('faulty.example/', '', { status: 503 }),
		},
	];

	test.each(cases)('a link $title', async ({ at, says, show }) => {
		const lab = await aGuardLab();
		show?.(lab);
		const stop = await stopOf(run(lab, { facts: withHtml(lab, `<a href="${at}">x</a>`) }));
		expect(stop.code).toBe('links');
		expect(stop.message).toContain(says);
		expect(lab.web.asked.filter((line) => line.includes('inside.example'))).toEqual([]);
	});

	test('of a server that does not know HEAD is asked again', async () => {
		const lab = await aGuardLab();
		lab.web.show('elsewhere.example/study', 'a study', { knowsHead: false });
		await expect(run(lab)).resolves.toBeDefined();
		expect(lab.web.asked).toContain('GET elsewhere.example/study');
	});

	test('of a server that shuts programs out is said, not refused', async () => {
		const lab = await aGuardLab();
		lab.web.show('elsewhere.example/study', '', { status: 403 });
		await expect(run(lab)).resolves.toBeDefined();
		expect(lab.told).toContain(`links: ${outside}?a=1&b=2 answered 403: look at it yourself`);
	});

	test('are asked once each, and at most four at a time', async () => {
		const lab = await aGuardLab();
		const links = Array.from(
			{ length: 12 },
			(_, i) => `<a href="${home}/tips/${i % 6}/#a${i}">x</a>`,
		);
		for (let i = 0; i < 6; i++) lab.web.show(`/tips/${i}/`, 'a tip');
		let open = 0;
		let most = 0;
		const site = {
			...lab.web.site,
			async probe(url: string) {
				open++;
				most = Math.max(most, open);
				const probe = await lab.web.site.probe(url);
				open--;
				return probe;
			},
		};
		await run(lab, { facts: withHtml(lab, links.join('')), ports: { site } });
		expect(lab.web.asked.filter((line) => line.startsWith('HEAD /tips/'))).toHaveLength(6);
		expect(most).toBe(4);
	});

	test('with a path that looks like a host stay on our own', async () => {
		const lab = await aGuardLab();
		const stop = await stopOf(
			run(lab, { facts: withHtml(lab, `<a href="${home}//inside.example/admin">x</a>`) }),
		);
		expect(stop.message).toContain('answered 404');
		expect(lab.web.asked).toContain('HEAD //inside.example/admin');
		expect(lab.web.asked).not.toContain('HEAD inside.example/admin');
	});

	test('of a faulty server are asked three times by each way', async () => {
		const lab = await aGuardLab();
		lab.web.show('/logo.png', '', { status: 500 });
		await stopOf(run(lab));
		const asked = lab.web.asked.filter((line) => line.endsWith('/logo.png'));
		expect(asked.map((line) => line.split(' ')[0]).join(' ')).toBe('HEAD HEAD HEAD GET GET GET');
	});

	test('leave the page of the issue as the first thing asked', async () => {
		const lab = await aGuardLab();
		await run(lab);
		expect(lab.web.asked[0]).toBe(`GET ${new URL(pageUrl).pathname}`);
	});
});
