/**
 * Addresses that no other thing has, sent through every endpoint, in every field, with every failure
 * of the provider: they are in its account, and nowhere else.
 */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environment } from '#/environment.ts';
import { faults } from '#/sandbox/fault.ts';
import type { FaultName } from '#/sandbox/fault.ts';
import { ensurePrograms } from '../scripts/debian.ts';
import {
	aProvider,
	freePort,
	linksTo,
	proxy,
	publicOrigin,
	serve,
	signUpFields,
} from './served.ts';
import { buildSite, filesOf, root } from './site.ts';

const missing = ensurePrograms({ nginx: 'nginx', openssl: 'openssl' });
if (missing !== undefined) console.warn(`SKIPPED outside CI: canary addresses. ${missing}`);

test.runIf(environment().isCi)('nginx and OpenSSL are there in CI', () => {
	expect(missing).toBeUndefined();
});

const mark = `cn${randomBytes(9).toString('hex')}`;
let count = 0;

/** A new address with the mark of this run in both its parts; of its own domain, for limits count those. */
function canary(): string {
	count += 1;
	return `${mark}x${count}@${mark}d${count}.example.com`;
}

/** What of an address of this run could be found in a file: as it is, turned, or encoded. */
const traces = [
	mark,
	mark.split('').toReversed().join(''),
	Buffer.from(mark).toString('hex'),
	// The first and last letters depend on what stands before and after.
	...[0, 1, 2].map((before) =>
		Buffer.from('-'.repeat(before) + mark)
			.toString('base64')
			.slice(4, -4),
	),
];

describe.skipIf(missing !== undefined)('an address that is a canary', () => {
	const folder = mkdtempSync(join(tmpdir(), 'tandem-canary-'));
	const used: string[] = [];
	const tokens = new Set<string>();
	let out: string;
	let printed: string;
	let provider: Awaited<ReturnType<typeof aProvider>>;
	let server: Awaited<ReturnType<typeof serve>>;
	let nginx: Awaited<ReturnType<typeof proxy>>;
	let host = 0;

	beforeAll(async () => {
		out = dirname(
			await buildSite('newsletter', {
				TANDEM_NOW: '2026-11-24T08:00:00Z',
				TANDEM_SEARCH: 'off',
				TANDEM_SUBSCRIBE: 'on',
			}),
		);
		provider = await aProvider();
		const port = await freePort();
		const answer = await fetch(`${provider.sandbox.url}/webhooks`, {
			method: 'POST',
			headers: { authorization: 'Bearer re_full' },
			body: JSON.stringify({
				endpoint: `http://127.0.0.1:${port}/webhook/resend`,
				events: ['contact.updated', 'email.bounced', 'email.complained', 'suppression.added'],
			}),
		});
		// The sandbox answers as Resend does.
		const { signing_secret: secret } = (await answer.json()) as { signing_secret: string };
		server = await serve(provider, out, root, {
			PORT: String(port),
			RESEND_WEBHOOK_SECRET: secret,
		});
		nginx = await proxy(folder, server.port);
	});
	afterAll(async () => {
		await nginx?.close();
		await server?.close();
		await provider?.sandbox.close();
		rmSync(folder, { recursive: true, force: true });
	});

	/** Posts from a new address of loopback, so that no limit ends the tour. */
	function post(path: string, body: string, headers: Record<string, string> = {}) {
		host += 1;
		return nginx.ask(path, {
			method: 'POST',
			body,
			headers: { 'content-type': form, 'sec-fetch-site': 'same-origin', ...headers },
			from: `127.0.${1 + Math.floor(host / 200)}.${1 + (host % 200)}`,
		});
	}

	/** A new canary, remembered. */
	function next(): string {
		const address = canary();
		used.push(address);
		return address;
	}

	async function confirmLink(address: string): Promise<string> {
		expect((await post('/subscribe', await signUpFields(address, server))).status).toBe(200);
		const { confirm } = linksTo(address, provider);
		return keep(confirm);
	}

	function keep(link: string): string {
		const token = link.split('t=')[1] ?? '';
		expect(token).toMatch(/^v1\./);
		tokens.add(token);
		return token;
	}

	test('goes through every door, and every way a door can fail', async () => {
		const fields = await signUpFields(next(), server);
		const json = { 'content-type': 'application/json' };
		const multipart = `--zz-parts-zz\r\nContent-Disposition: form-data; name="email"\r\n\r\n${next()}\r\n--zz-parts-zz--\r\n`;
		const asked: [string, string, Record<string, string>, number][] = [
			['/subscribe', fields, {}, 200],
			['/subscribe', `${fields}&website=${next()}`, {}, 400],
			['/subscribe', fields.replace('website=', `website=${next()}`), {}, 200],
			['/subscribe', `${fields}&topics=${next()}`, {}, 200],
			['/subscribe', `${fields}&${next()}=1`, {}, 400],
			['/subscribe', `email=${next()}`, {}, 200],
			['/subscribe', `email=${next().replace('@', ' at ')}`, {}, 400],
			['/subscribe', `email=${next()},${next()}`, {}, 400],
			['/subscribe', JSON.stringify({ email: next() }), json, 200],
			['/subscribe', `{"email":"${next()}"`, json, 400],
			[
				'/subscribe',
				multipart,
				{ 'content-type': 'multipart/form-data; boundary=zz-parts-zz' },
				200,
			],
			[
				'/subscribe',
				multipart,
				{ 'content-type': 'multipart/form-data; boundary=zz-others-zz' },
				400,
			],
			['/subscribe', next(), { 'content-type': 'text/plain' }, 415],
			['/subscribe', next().repeat(400), {}, 413],
			[
				'/subscribe',
				fields,
				{ 'sec-fetch-site': 'cross-site', origin: `https://${mark}.example` },
				403,
			],
			[
				'/subscribe',
				fields,
				{ 'user-agent': next(), referer: `https://x.example/?e=${next()}` },
				200,
			],
			['/subscribe', fields, { cookie: `a=${next()}`, 'x-forwarded-for': next() }, 200],
			[`/subscribe?email=${next()}`, fields, {}, 200],
			[`/${next()}/subscribe?email=${next()}`, fields, {}, 405],
			['/confirm', `t=${next()}`, {}, 400],
			['/preferences', `t=${next()}&leave=${next()}`, {}, 400],
			[`/unsubscribe?t=${next()}`, next(), {}, 400],
			[
				'/webhook/resend',
				JSON.stringify({ type: 'contact.updated', data: { email: next() } }),
				json,
				400,
			],
		];
		const answers: string[] = [];
		for (const [path, body, headers] of asked) {
			answers.push(`${path} ${(await post(path, body, headers)).status}`);
		}
		expect(answers).toEqual(asked.map(([path, , , status]) => `${path} ${status}`));
		for (const path of [
			`/${next()}`,
			`/confirm?t=${next()}`,
			`/issues/?e=${next()}`,
			`/%2e${next()}`,
		]) {
			expect((await nginx.ask(path)).status, path).toBeLessThan(500);
		}
		expect(
			(await nginx.ask('/subscribe', { method: next().toUpperCase().replace(/\W/g, '') })).status,
		).toBe(400);
	});

	test.each(Object.keys(faults).filter((name) => !name.startsWith('hang')))(
		'meets a provider that answers each call with %s',
		async (name) => {
			// A key of the very object.
			const fault = name as FaultName;
			const { sandbox } = provider;
			const token = await confirmLink(next());
			for (const op of ['emails.send', 'contacts.get', 'contacts.create', 'contacts.update']) {
				sandbox.failNext(op, fault, { times: 2 });
				expect([200, 503]).toContain(
					(await post('/subscribe', await signUpFields(next(), server))).status,
				);
				expect([200, 503]).toContain((await post('/confirm', `t=${token}`)).status);
				sandbox.world.faults.length = 0;
			}
			await post('/confirm', `t=${token}`);
		},
	);

	test('meets a provider that does not answer at all', async () => {
		const token = await confirmLink(next());
		provider.sandbox.failNext('*', 'hang', { times: 50 });
		const fields = await signUpFields(next(), server);
		const [asked, pressed] = await Promise.all([
			post('/subscribe', fields),
			post('/confirm', `t=${token}`),
		]);
		expect([asked.status, pressed.status]).toEqual([503, 503]);
		provider.sandbox.world.faults.length = 0;
	});

	test('joins, chooses, leaves, comes back, complains', async () => {
		const address = next();
		const token = await confirmLink(address);
		const page = await post('/confirm', `t=${token}`);
		expect(page.text).toContain('You are in');
		const prefs = keep(/\/preferences\?t=[\w.-]+/.exec(page.text)?.[0] ?? '');
		expect((await nginx.ask(`/preferences?t=${prefs}`)).status).toBe(200);
		expect((await post('/preferences', `t=${prefs}&topics=${provider.topicId}`)).text).toContain(
			'Saved.',
		);
		expect((await post('/preferences', `t=${prefs}&leave=1`)).text).toContain('off the list');
		expect((await post('/preferences', `t=${prefs}&return=1`)).text).toContain('You are back');
		const leave = keep(linksTo(address, provider).leave.replace(publicOrigin, ''));
		expect((await nginx.ask(`/unsubscribe?t=${leave}`)).status).toBe(200);
		expect((await post(`/unsubscribe?t=${leave}`, 'List-Unsubscribe=One-Click')).status).toBe(200);
		const { sandbox } = provider;
		const mail = sandbox.mails().find(({ to }) => to === address);
		sandbox.report(mail?.id ?? '', 'complained');
		await sandbox.idle();
		expect((await post('/confirm', `t=${token}`)).text).toContain('cannot reach this address');
	});

	test('is in the account of the provider, which shows that the tour was real', () => {
		const { state } = provider.sandbox;
		expect(state.mails.filter(({ to }) => to.includes(mark)).length).toBeGreaterThan(20);
		expect(
			[...state.contacts.values()].filter(({ email }) => email.includes(mark)).length,
		).toBeGreaterThan(10);
		expect(state.suppressions.size).toBeGreaterThan(1);
		expect(used.length).toBeGreaterThan(100);
		expect(tokens.size).toBeGreaterThan(15);
	});

	test('is in no log of the server, nor of nginx; no token is either', async () => {
		await nginx.close();
		await server.close();
		printed = server.output();
		const logs = `${printed}\n${nginx.log()}`;
		for (const event of ['request', 'provider', 'notice']) {
			expect(printed).toContain(`"event":"${event}"`);
		}
		expect(nginx.log().split('\n').length).toBeGreaterThan(100);
		expect(holds(Buffer.from(logs), used)).toBe(false);
		const macs = [...tokens].map((token) => token.split('.').at(-1) ?? '');
		expect(macs.filter((mac) => mac === '' || logs.includes(mac))).toEqual([]);
		expect(printed).not.toMatch(/127\.0\.[12]\.\d/);
	});

	test('is in no file of the work tree, of the build, or that nginx kept', () => {
		const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
			cwd: root,
			maxBuffer: 1 << 26,
		});
		const tree = listed
			.toString('utf8')
			.split('\0')
			.filter((name) => name !== '')
			.map((name) => join(root, name));
		const files = [
			...tree,
			...[out, folder].flatMap((where) => filesOf(where).map((name) => join(where, name))),
		].filter((file) => existsSync(file) && statSync(file).isFile());
		expect(files.length).toBeGreaterThan(500);
		const hits = files.filter((file) =>
			holds(Buffer.concat([Buffer.from(`${file}\n`), readFileSync(file)]), used),
		);
		expect(hits).toEqual([]);
	});

	test('would be found, were it there', () => {
		const [address = ''] = used;
		for (const text of [
			address,
			encodeURIComponent(address),
			address.toUpperCase(),
			Buffer.from(`x${address}`).toString('base64'),
			Buffer.from(`{"e":"${address}"}`).toString('base64url'),
			createHash('sha256').update(address).digest('hex'),
			createHash('md5').update(address).digest('base64url'),
		]) {
			expect(holds(Buffer.from(`a line ${text} and more`), used), text).toBe(true);
		}
	});
});

/** Whether bytes hold one of the addresses in any form, or a usual digest of one. */
function holds(bytes: Buffer, addresses: readonly string[]): boolean {
	const text = bytes.toString('latin1');
	const lower = text.toLowerCase();
	if (traces.some((trace) => text.includes(trace) || lower.includes(trace))) return true;
	const digests = new Set(addresses.flatMap(digestsOf));
	const runs = text.match(/[0-9a-f]{32,}|[\w+/-]{22,}/g) ?? [];
	return runs.some((run) => digests.has(run.slice(0, 16)));
}

function digestsOf(address: string): string[] {
	const known = digestsKnown.get(address);
	if (known) return known;
	const made = ['md5', 'sha1', 'sha256'].flatMap((name) => {
		const digest = createHash(name).update(address).digest();
		return (['hex', 'base64', 'base64url'] as const).map((form) =>
			digest.toString(form).slice(0, 16),
		);
	});
	digestsKnown.set(address, made);
	return made;
}

const digestsKnown = new Map<string, string[]>();

const form = 'application/x-www-form-urlencoded';
