/** What the doctor finds, and what setup makes, through the official SDK, against the sandbox. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { setUpAudience } from '#/delivery/audience.ts';
import type { Dns } from '#/delivery/dmarc.ts';
import { examine, isHealthy } from '#/delivery/doctor.ts';
import type { DoctorFacts, DoctorPorts } from '#/delivery/doctor/facts.ts';
import type { Finding } from '#/delivery/doctor/finding.ts';
import { openResend } from '#/delivery/resend.ts';
import { setUpProperties } from '#/delivery/properties.ts';
import { Stop } from '#/delivery/stop.ts';
import { addDomain } from '#/sandbox/domains.ts';
import type { SandboxOptions } from '#/sandbox/server.ts';
import { dataOf, HOUR } from './sandbox-lab.ts';
import { aStage, writes } from './sender-stage.ts';
import type { Stage } from './sender-stage.ts';

const domain = 'news.larkfield.example';

const quarantine: Dns = {
	txt: (name) =>
		Promise.resolve(
			name === `_dmarc.${domain}`
				? { kind: 'found', records: ['v=DMARC1; p=quarantine'] }
				: { kind: 'none' },
		),
};

function facts(change: Partial<DoctorFacts> = {}): DoctorFacts {
	return {
		senderDomain: domain,
		audience: { segment: 'readers', topic: 'Weekly' },
		ids: {},
		canarySegment: 'readers-canary',
		ledger: 'file',
		headersSeen: '2026-11-01',
		url: 'https://news.larkfield.example/',
		isSandbox: false,
		isCi: false,
		machine: { node: '24.21.0', tz: 'test' },
		...change,
	};
}

function ports(stage: Stage, change: Partial<DoctorPorts> = {}): DoctorPorts {
	return {
		// What the doctor says of the host itself has a test of its own.
		provider: { ...stage.ports().provider, host: 'https://api.resend.com' },
		ledger: stage.ledger,
		dns: quarantine,
		site: () => ({ read: () => Promise.resolve({ kind: 'ok', text: '' }) }),
		...change,
	};
}

/** An account on which everything is as it should be. */
async function healthy(options: SandboxOptions = {}): Promise<Stage> {
	const stage = await aStage(options);
	const { provider } = stage.ports();
	const audience = { segment: 'readers-canary', topic: 'Weekly' };
	const { segment } = await setUpAudience(audience, provider);
	await setUpProperties(provider);
	dataOf(
		await stage.resend.contacts.create({
			email: 'mira@larkfield.example',
			segments: [{ id: segment.id }],
		}),
	);
	dataOf(
		await stage.resend.webhooks.create({
			endpoint: 'https://join.larkfield.example/webhook',
			events: ['contact.updated'],
		}),
	);
	return stage;
}

function about(findings: readonly Finding[], what: string): Finding[] {
	return findings.filter((finding) => finding.about === what);
}

const all = async (stage: Stage, change: Partial<DoctorFacts> = {}, other = {}) =>
	examine(facts(change), ports(stage, other));

test('finds nothing against sending where everything is as it should be', async () => {
	const stage = await healthy();
	const before = writes(stage).length;
	const findings = await all(stage);
	expect(findings.filter(({ level }) => level === 'bad' || level === 'warn')).toEqual([]);
	expect(isHealthy(findings)).toBe(true);
	expect(new Set(findings.map((finding) => finding.about))).toEqual(
		new Set(
			`host key domain dns tracking dmarc topic segment canary properties quota rate webhook strays ledger node zones page C01 C18`.split(
				' ',
			),
		),
	);
	expect(writes(stage)).toHaveLength(before);
});

test('each record of the domain is named with its state, and what to set where it is not there', async () => {
	const stage = await healthy({ senders: [] });
	addDomain(domain, 'pending', stage.sandbox.world);
	const findings = await all(stage);
	expect(about(findings, 'domain')).toMatchObject([
		{ level: 'bad', text: expect.stringContaining('pending') },
	]);
	expect(about(findings, 'dns')).toMatchObject([
		{
			level: 'bad',
			text: expect.stringContaining('SPF: MX send.news'),
			fix: expect.stringContaining('feedback-smtp'),
		},
		{ level: 'bad', fix: expect.stringContaining('v=spf1') },
		{ level: 'bad', text: expect.stringContaining('DKIM') },
	]);
	expect(isHealthy(findings)).toBe(false);
});

describe('a fault is found, with a fix, where', () => {
	test.each<[string, string, (stage: Stage) => unknown, Partial<DoctorFacts>]>([
		['the domain is not there', 'domain', () => {}, { senderDomain: 'other.example' }],
		[
			'opens are tracked',
			'tracking',
			({ sandbox }) => {
				for (const one of sandbox.state.domains.values()) one.open_tracking = true;
			},
			{},
		],
		[
			'the topic counts people in unasked',
			'topic',
			({ sandbox }) => {
				for (const one of sandbox.state.topics.values()) one.default_subscription = 'opt_in';
			},
			{},
		],
		['the topic is not there', 'topic', () => {}, { audience: { segment: 'readers', topic: 'x' } }],
		['the id of the topic is another', 'topic', () => {}, { ids: { topicId: 'another-id' } }],
		[
			'the segment is not there',
			'segment',
			() => {},
			{ audience: { segment: 'x', topic: 'Weekly' } },
		],
		[
			'the segment is there twice',
			'segment',
			(stage) => stage.resend.segments.create({ name: 'readers' }),
			{},
		],
		['the id of the segment is another', 'segment', () => {}, { ids: { segmentId: 'another-id' } }],
		[
			'a contact property is missing',
			'properties',
			({ sandbox }) => sandbox.state.properties.clear(),
			{},
		],
		[
			'there are more contacts than the plan allows',
			'quota',
			({ sandbox }) => {
				sandbox.knobs.quota.contacts = 5;
			},
			{},
		],
		[
			'a webhook was turned off',
			'webhook',
			({ sandbox }) => {
				for (const one of sandbox.state.webhooks.values()) one.status = 'disabled';
			},
			{},
		],
		[
			'a receipt is torn',
			'ledger',
			({ folder }) => writeFile(join(folder, '017-no-surprise.receipt.json'), '{'),
			{},
		],
		['receipts would vanish with a CI run', 'ledger', () => {}, { isCi: true }],
		['Node is too old', 'node', () => {}, { machine: { node: '22.1.0', tz: 'test' } }],
	])('%s', async (_what, what, damage, change) => {
		const stage = await healthy();
		await damage(stage);
		const found = about(await all(stage, change), what);
		expect(found.map(({ level }) => level)).toContain('bad');
		expect(found.filter(({ level, fix }) => level === 'bad' && !fix)).toEqual([]);
	});

	test('the key may only send single mails: said once, and nothing else is blamed on it', async () => {
		const stage = await healthy({
			keys: { re_test_key: 'full', re_x: 'full', re_small: 'sending' },
		});
		const small = openResend(
			{ key: 're_small', baseUrl: stage.sandbox.url },
			{ elapsed: () => 0, wait: () => Promise.resolve() },
		);
		const provider = { ...small, host: 'https://api.resend.com' };
		const findings = await all(stage, {}, { provider });
		expect(findings.filter(({ level }) => level === 'bad')).toMatchObject([
			{ about: 'key', fix: expect.stringContaining('full access') },
		]);
	});

	test('the host is not that of Resend', async () => {
		const stage = await healthy();
		const { provider } = stage.ports();
		expect(about(await all(stage, {}, { provider }), 'host')).toMatchObject([{ level: 'bad' }]);
		const sandbox = about(await all(stage, { isSandbox: true }, { provider }), 'host');
		expect(sandbox).toMatchObject([{ level: 'ok', text: expect.stringContaining('sandbox') }]);
	});

	test('the page does not answer', async () => {
		const stage = await healthy();
		const site = () => ({
			read: () => Promise.resolve({ kind: 'failed' as const, reason: 'answered 404' }),
		});
		expect(about(await all(stage, {}, { site }), 'page')).toMatchObject([
			{ level: 'bad', text: 'https://news.larkfield.example/ answered 404.' },
		]);
	});

	test.each<[string, Dns['txt'], Finding['level']]>([
		['there is no DMARC record', () => Promise.resolve({ kind: 'none' }), 'bad'],
		[
			'it asks for nothing',
			() => Promise.resolve({ kind: 'found', records: ['v=DMARC1; p=none'] }),
			'warn',
		],
		[
			'it is there twice',
			() => Promise.resolve({ kind: 'found', records: ['v=DMARC1; p=none', 'v=DMARC1; p=none'] }),
			'bad',
		],
		[
			'nobody can be asked, which is no fault',
			() => Promise.resolve({ kind: 'unknown', reason: 'EAI_AGAIN' }),
			'unknown',
		],
	])('%s', async (_what, txt, level) => {
		const findings = await all(await healthy(), {}, { dns: { txt } });
		expect(about(findings, 'dmarc')).toMatchObject([{ level }]);
	});
});

describe('row 27: what went to the readers under a name that nobody knows', () => {
	test('is reported for 30 days', async () => {
		const stage = await healthy();
		const stray = await stage.draft({ name: 'A word from the boss' });
		dataOf(await stage.resend.broadcasts.send(stray, {}));
		await stage.sandbox.clock.advance(HOUR);
		expect(about(await all(stage), 'strays')).toMatchObject([
			{ level: 'bad', text: expect.stringContaining('"A word from the boss"') },
		]);
		await stage.sandbox.clock.advance(31 * 24 * HOUR);
		expect(about(await all(stage), 'strays')).toMatchObject([{ level: 'ok' }]);
	});

	test('is not an issue of ours, a draft, or what went to others', async () => {
		const stage = await healthy();
		await stage.run();
		await stage.draft({ name: 'A draft' });
		const others = dataOf(await stage.resend.segments.create({ name: 'others' }));
		const foreign = await stage.draft({ name: 'To others', segmentId: others.id });
		dataOf(await stage.resend.broadcasts.send(foreign, {}));
		await stage.letTimePass();
		expect(about(await all(stage), 'strays')).toMatchObject([{ level: 'ok' }]);
	});
});

test('what cannot be looked at hides nothing else, and is no fault', async () => {
	const stage = await healthy();
	stage.sandbox.failNext('usage.get', '500-before', { times: 99 });
	stage.sandbox.failNext('domains.list', '500-before', { times: 99 });
	const findings = await all(stage);
	expect(findings.filter(({ level }) => level === 'unknown').map((one) => one.about)).toEqual(
		expect.arrayContaining(['domain', 'quota']),
	);
	expect(isHealthy(findings)).toBe(true);
	expect(about(findings, 'strays')).toHaveLength(1);
});

test('what no program can prove stays open until a person records it', async () => {
	const stage = await healthy();
	const open = (findings: readonly Finding[]) =>
		findings.filter(({ level }) => level === 'open').map((finding) => finding.about);
	expect(open(await all(stage, { headersSeen: undefined }))).toEqual(['C01', 'C18']);
	expect(open(await all(stage))).toEqual(['C01']);
});

describe('the contact properties', () => {
	test('are made once, with the types that consent needs', async () => {
		const stage = await aStage();
		const { provider } = stage.ports();
		const made = await setUpProperties(provider);
		expect(made.map(({ key, type, isNew }) => [key, type, isNew])).toEqual([
			['nl_consent_at', 'number', true],
			['nl_consent_window', 'number', true],
			['nl_consent_id', 'string', true],
			['nl_consent_wording', 'string', true],
			['nl_consent_source', 'string', true],
			['nl_left_at', 'number', true],
		]);
		const count = writes(stage).length;
		const again = await setUpProperties(provider);
		expect(again.map(({ id, isNew }) => [id, isNew])).toEqual(made.map(({ id }) => [id, false]));
		expect(writes(stage)).toHaveLength(count);
	});

	test.each(['after-commit', 'before-commit', '500-after', 'empty-200', '429'] as const)(
		'survive %s, at most by running it again',
		async (fault) => {
			const stage = await aStage();
			const { provider } = stage.ports();
			stage.sandbox.failNext('contactProperties.create', fault);
			// It may end as unclear, and never as anything worse.
			const end = await setUpProperties(provider).catch((error: unknown) => error);
			expect([undefined, 'setup-unclear']).toContain(end instanceof Stop ? end.code : undefined);
			await setUpProperties(provider);
			expect(stage.sandbox.state.properties.size).toBe(6);
		},
	);

	test('of another type stop it, and are left alone', async () => {
		const stage = await aStage();
		dataOf(await stage.resend.contactProperties.create({ key: 'nl_left_at', type: 'string' }));
		await expect(setUpProperties(stage.ports().provider)).rejects.toMatchObject({
			code: 'provider',
			message: expect.stringContaining('nl_left_at must be a number'),
		});
		expect(stage.sandbox.state.properties.size).toBe(1);
	});
});
