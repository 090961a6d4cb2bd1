/** The recipes of deploy/: the real nginx before the real server on loopback, the unit, the image. */
import { spawnSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { environment } from '#/environment.ts';
import { ensurePrograms } from '../scripts/debian.ts';
import { aProvider, isIn, linksTo, proxy, publicOrigin, serve, signUpFields } from './served.ts';
import { buildSite, filesOf, root } from './site.ts';

const missing = ensurePrograms({ nginx: 'nginx', openssl: 'openssl' });
if (missing !== undefined) console.warn(`SKIPPED outside CI: nginx before the server. ${missing}`);

const form = 'application/x-www-form-urlencoded';
const own = { 'sec-fetch-site': 'same-origin', 'content-type': form };
const oneClick = 'List-Unsubscribe=One-Click';
let out: string;

beforeAll(async () => {
	out = dirname(
		await buildSite('newsletter', {
			TANDEM_NOW: '2026-11-24T08:00:00Z',
			TANDEM_SEARCH: 'off',
			TANDEM_SUBSCRIBE: 'on',
		}),
	);
});

test.runIf(environment().isCi)('nginx and OpenSSL are there in CI', () => {
	expect(missing).toBeUndefined();
});

function aFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'tandem-deploy-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

describe.skipIf(missing !== undefined)('nginx', () => {
	const folder = mkdtempSync(join(tmpdir(), 'tandem-nginx-'));
	let provider: Awaited<ReturnType<typeof aProvider>>;
	let server: Awaited<ReturnType<typeof serve>>;
	let nginx: Awaited<ReturnType<typeof proxy>>;

	beforeAll(async () => {
		provider = await aProvider();
		server = await serve(provider, out);
		nginx = await proxy(folder, server.port);
	});
	afterAll(async () => {
		await nginx?.close();
		await server?.close();
		await provider?.sandbox.close();
		rmSync(folder, { recursive: true, force: true });
	});

	/** Each test comes from an address of its own, for limits are counted by it. */
	const signUp = async (email: string, from: string, headers: Record<string, string> = {}) =>
		nginx.ask('/subscribe', {
			method: 'POST',
			body: await signUpFields(email, server),
			headers: { ...own, ...headers },
			from,
		});

	async function aReader(email: string, from: string): Promise<string> {
		expect((await signUp(email, from)).status).toBe(200);
		const { confirm } = linksTo(email, provider);
		const body = `t=${confirm.split('t=')[1]}`;
		const answer = await nginx.ask('/confirm', {
			method: 'POST',
			body,
			headers: { 'content-type': form },
		});
		expect(answer.text).toContain('You are in');
		expect(isIn(email, provider)).toBe(true);
		return linksTo(email, provider).leave.replace(publicOrigin, '');
	}

	test('speaks TLS 1.2 and 1.3, nothing older, and only as our host', async () => {
		const shake = (options: object): Promise<string> =>
			new Promise((resolve) => {
				const ca = readFileSync(join(folder, 'certificate.pem'));
				const socket = connect(
					{
						host: '127.0.0.1',
						port: nginx.tlsPort,
						ca,
						servername: 'news.example.com',
						...options,
					},
					() => {
						resolve(socket.getProtocol() ?? 'none');
						socket.destroy();
					},
				);
				socket.once('error', () => resolve('refused'));
			});
		expect(await shake({})).toBe('TLSv1.3');
		expect(await shake({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
		// The client is willing: it is the server that refuses.
		const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' };
		expect(await shake(old)).toBe('refused');
		expect(await shake({ servername: 'other.example', rejectUnauthorized: false })).toBe('refused');
	});

	test('sends plain HTTP to our host over TLS, whatever host is asked for', async () => {
		const plain = (host: string): Promise<string> =>
			new Promise((resolve) => {
				const asked = { port: nginx.plainPort, path: '/issues/?a=b', headers: { host } };
				get(asked, (answer) => {
					answer.resume();
					resolve(`${answer.statusCode} ${answer.headers.location}`);
				}).once('error', ({ message }) => resolve(message));
			});
		expect(await plain('news.example.com')).toBe(`301 ${publicOrigin}/issues/?a=b`);
		expect(await plain('evil.example')).toBe('socket hang up');
	});

	test.each([
		['/', 200],
		['/issues/', 200],
		['/about/', 200],
		['/favicon.svg', 200],
		['/nowhere/', 404],
		['/subscribe', 200],
		['/confirm?t=x', 400],
		['/subscribe/style.css', 200],
	])('%s carries every header of safety once', async (path, status) => {
		const { status: found, lines } = await nginx.ask(path);
		expect(found).toBe(status);
		expect(names(lines, safety)).toEqual(safety);
		expect(lines.join('\n')).not.toMatch(/set-cookie|x-powered-by|server: nginx\//);
	});

	test('a page keeps the policy with the hashes of what stands in it', async () => {
		const { lines, text } = await nginx.ask('/');
		const policy = lines.find((line) => line.startsWith('content-security-policy:')) ?? '';
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain("'sha256-");
		expect(text).toContain('action="/subscribe"');
	});

	test('an answer of nginx itself carries them too', async () => {
		const { status, lines, text } = await nginx.ask('/confirm', {
			method: 'POST',
			body: 'a'.repeat(17_000),
			headers: { 'content-type': form },
		});
		expect(status).toBe(413);
		expect(text).toContain('That is too much');
		expect(names(lines, ownSafety)).toEqual(ownSafety);
	});

	test('who a client says it is does nothing: it is counted by its own address', async () => {
		const forged = (n: number) => ({
			'x-forwarded-for': `198.51.100.${n}`,
			'x-real-ip': `198.51.100.${n}`,
			forwarded: `for=198.51.100.${n}`,
			x_forwarded_for: `198.51.100.${n}`,
			'x-forwarded-host': 'evil.example',
			'x-forwarded-proto': 'http',
		});
		const answers: string[] = [];
		for (let n = 1; n <= 6; n += 1) {
			const { status, text } = await signUp(`forged${n}@example.com`, '127.0.0.11', forged(n));
			answers.push(`${status} ${/<h1>([^<]*)/.exec(text)?.[1]}`);
		}
		expect(answers).toEqual([
			...Array<string>(5).fill('200 Check your inbox'),
			// Of the server, which saw one address: nginx lets six through.
			'429 Too many sign-ups at once',
		]);
		const mail = provider.sandbox.mails().find(({ to }) => to === 'forged1@example.com');
		expect(mail?.email.text).toContain(`${publicOrigin}/confirm?t=`);
		expect(JSON.stringify(mail?.email)).not.toContain('evil.example');

		// Past nginx the header is believed, so the port is for the proxy alone.
		const past = await Promise.all(
			Array.from({ length: 6 }, async (_, n) =>
				fetch(`http://127.0.0.1:${server.port}/subscribe`, {
					method: 'POST',
					body: await signUpFields(`past${n}@example.org`, server),
					headers: { ...own, 'x-forwarded-for': `198.51.100.${n}` },
				}),
			),
		);
		expect(past.map(({ status }) => status)).toEqual(Array(6).fill(200));
	});

	test('many sign-ups at once are stopped at the edge, however the path is spelled', async () => {
		const spelled =
			'/subscribe /Subscribe/ //subscribe /%73ubscribe /%2573ubscribe /subscribe?a=b /./subscribe /subscribe/ /SUBSCRIBE /subscribe//'.split(
				' ',
			);
		const answers = [];
		for (const path of spelled) {
			answers.push(
				await nginx.ask(path, { method: 'POST', body: '{}', headers: own, from: '127.0.0.12' }),
			);
		}
		expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
		const last = answers.at(-1);
		expect(last?.text).toContain('Too many sign-ups at once');
		expect(names(last?.lines ?? [], ownSafety)).toEqual(ownSafety);
		// Reading is never counted.
		expect((await nginx.ask('/subscribe', { from: '127.0.0.12' })).status).toBe(200);
	});

	const multipart =
		'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
	test.each([
		['urlencoded', form, oneClick, {}, '127.0.0.13'],
		['multipart', 'multipart/form-data; boundary="b"', multipart, {}, '127.0.0.14'],
		['from a foreign site', form, oneClick, { origin: 'https://mail.example.org' }, '127.0.0.15'],
		['in pieces', form, oneClick, { 'transfer-encoding': 'chunked' }, '127.0.0.16'],
	] as const)('one click, %s: 200, no redirect, out', async (name, type, body, headers, from) => {
		const email = `${name.replaceAll(' ', '-')}@example.net`;
		const path = await aReader(email, from);
		const asked = { method: 'POST', body, headers: { 'content-type': type, ...headers } };
		const { status, lines, text } = await nginx.ask(path, asked);
		expect([status, text]).toEqual([200, 'Unsubscribed.\n']);
		expect(lines.join('\n')).not.toContain('location:');
		expect(isIn(email, provider)).toBe(false);
		expect((await nginx.ask(path, asked)).status).toBe(200);
	});

	test('forty one-click requests of one mailbox are all let through', async () => {
		const path = await aReader('forty@example.net', '127.0.0.17');
		const asked = { method: 'POST', body: oneClick, headers: { 'content-type': form } };
		const answers = await Promise.all(
			Array.from({ length: 40 }, () => nginx.ask(path, { ...asked, from: '127.0.0.17' })),
		);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
	});

	test.each([
		['with its length', {}],
		['in pieces', { 'transfer-encoding': 'chunked' }],
	])('a body over 16 KiB, %s, is refused; one of 16 KiB is read', async (_name, headers) => {
		const post = (size: number) =>
			nginx.ask('/unsubscribe?t=x', {
				method: 'POST',
				body: 'a'.repeat(size),
				headers: { 'content-type': form, ...headers },
			});
		expect((await post(16_385)).status).toBe(413);
		expect((await post(300_000)).status).toBe(413);
		expect((await post(16_384)).status).toBe(400);
	});

	test('what a mailbox sends reaches the server byte by byte, under our host and its own address', async () => {
		const seen: { url: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
		const ear = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const body = Buffer.concat(chunks).toString('utf8');
				seen.push({ url: request.url ?? '', headers: request.headers, body });
				response.end('ok');
			});
		}).listen(0, '127.0.0.1');
		onTestFinished(() => void ear.close());
		await new Promise((resolve) => ear.once('listening', resolve));
		// A TCP server's address is an object.
		const apart = await proxy(aFolder(), (ear.address() as AddressInfo).port);
		onTestFinished(() => apart.close());
		const path = '/unsubscribe?t=v1.unsub.k1.0.0.a-_b%2Fc&x=%C3%A9+%20';
		const type = 'multipart/form-data; boundary="=_b 1"';
		await apart.ask(path, {
			method: 'POST',
			body: multipart,
			headers: {
				'content-type': type,
				'x-forwarded-for': '1.2.3.4, 5.6.7.8',
				'x-real-ip': '1.2.3.4',
				forwarded: 'for=1.2.3.4',
				x_real_ip: '1.2.3.4',
				'x-forwarded-host': 'evil.example',
				'x-forwarded-proto': 'http',
			},
			from: '127.0.0.18',
		});
		expect(seen).toHaveLength(1);
		expect(seen[0]).toMatchObject({ url: path, body: multipart });
		expect(seen[0]?.headers).toMatchObject({
			host: 'news.example.com',
			'content-type': type,
			'x-forwarded-for': '127.0.0.18',
			'x-forwarded-proto': 'https',
		});
		expect(Object.keys(seen[0]?.headers ?? {})).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/real|^forwarded|x-forwarded-host/)]),
		);
	});

	test('a server that is away is a clear answer, and no log holds a token or an address', async () => {
		const path = await aReader('away@example.net', '127.0.0.19');
		const token = path.split('t=')[1] ?? 'none';
		await nginx.ask(path);
		await nginx.ask(path, { method: 'POST', body: 'a'.repeat(20_000), headers: own });
		await server.close();
		const { status, lines, text } = await nginx.ask(path, {
			method: 'POST',
			body: oneClick,
			headers: { 'content-type': form },
		});
		expect([status, /<h1>([^<]*)/.exec(text)?.[1]]).toEqual([502, 'Please try again in a minute']);
		expect(names(lines, ownSafety)).toEqual(ownSafety);
		await nginx.ask('/away@example.net/x?email=away@example.net');
		await nginx.close();
		const log = nginx.log();
		expect(log).toMatch(/ POST \/unsubscribe 502 /);
		expect(log).toMatch(/ GET other 502 /);
		for (const secret of [token, 'away@', 'away%40', '127.0.0.1']) {
			expect(log.includes(secret), secret).toBe(false);
		}
	});
});

const hasSystemd = existsSync('/usr/bin/systemd-analyze');
if (!hasSystemd) console.warn('SKIPPED: systemd-analyze is not there, so the unit is not checked.');

describe.skipIf(!hasSystemd)('the unit of systemd', () => {
	const analyze = (...args: string[]) =>
		spawnSync('systemd-analyze', args, { encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } });

	/** The unit with paths of this machine, since what it runs must be there to be verified. */
	function aUnit(change = (text: string) => text): string {
		const file = join(aFolder(), 'tandem.service');
		const text = readFileSync(join(root, 'deploy/tandem.service'), 'utf8');
		const node = join(root, 'node_modules/node/bin/node');
		const here = change(text).replaceAll('/srv/tandem/node_modules/node/bin/node', node);
		writeFileSync(file, here);
		return file;
	}

	test('is valid, and its Node is that of the lock file', () => {
		const { status, stdout, stderr } = analyze('verify', aUnit());
		expect([status, stdout + stderr]).toEqual([0, '']);
		const twin = analyze(
			'verify',
			aUnit((text) => text.replace('Type=exec', 'Typ=exec')),
		);
		expect(twin.stdout + twin.stderr).toContain('Typ');
	});

	test('is exposed little: below 2 of 10, where an unguarded service has 9.6', () => {
		const exposure = (file: string) =>
			analyze('security', '--offline=true', '--threshold=20', file).status;
		expect(exposure(aUnit())).toBe(0);
		const bare = (text: string) => text.replace(/^# A user that exists[\s\S]*?\n\n/m, '');
		expect(exposure(aUnit(bare))).not.toBe(0);
	});
});

describe('the image', () => {
	const recipe = () => readFileSync(join(root, 'deploy/Dockerfile'), 'utf8');

	test('keeps the rules', () => expect(faultsOf(recipe())).toEqual([]));

	test.each([
		['a base that moves', (text: string) => text.replaceAll(/node:[\d.]+-/g, 'node:24-')],
		['root', (text: string) => text.replace('USER node\n', '')],
		['a key', (text: string) => `${text}ENV RESEND_SEND_KEY=re_123\n`],
		['a key as an argument', (text: string) => `${text}ARG TOKEN_KEYS\n`],
		['no health check', (text: string) => text.replace(/HEALTHCHECK.*/, '')],
		['what developers need', (text: string) => text.replace(' --omit=dev', '')],
		['an install that writes the lock', (text: string) => text.replace('npm ci', 'npm install')],
		['everything copied', (text: string) => text.replace('COPY src src', 'COPY . .')],
		['a shell between', (text: string) => text.replace(/CMD \["node".*\]/, 'CMD node x')],
	])('%s is a fault', (_name, change) => expect(faultsOf(change(recipe()))).toHaveLength(1));

	test('has the Node that the tests ran on', () => {
		const lock: { packages: Record<string, { version: string }> } = JSON.parse(
			readFileSync(join(root, 'package-lock.json'), 'utf8'),
		);
		const tag = /^FROM node:(?<version>[\d.]+)-/m.exec(recipe())?.groups?.['version'];
		expect(tag).toBe(lock.packages['node_modules/node']?.version);
	});

	test('holds all that the server needs, and nothing of the playbook', async () => {
		const image = aFolder();
		const last =
			recipe()
				.split(/^FROM /m)
				.at(-1) ?? '';
		for (const [, from, to] of last.matchAll(
			/^COPY (?!--from=packages)(?:--from=site )?(\S+) (\S+)$/gm,
		)) {
			const source = (from ?? '').replace('/srv/tandem/dist', out);
			const target = join(image, to === './' ? (from ?? '') : (to ?? ''));
			mkdirSync(dirname(target), { recursive: true });
			cpSync(source.startsWith('/') ? source : join(root, source), target, { recursive: true });
		}
		layPackages(image);
		expect(filesOf(join(image, 'content'))).toEqual(['settings.yaml']);
		expect(existsSync(join(image, 'dist/playbook'))).toBe(false);
		expect(existsSync(join(image, 'node_modules/vitest'))).toBe(false);

		const provider = await aProvider();
		onTestFinished(() => provider.sandbox.close());
		const server = await serve(provider, join(image, 'dist'), image);
		onTestFinished(() => server.close());
		const at = `http://127.0.0.1:${server.port}`;
		for (const path of ['/healthz', '/', '/subscribe', '/subscribe/style.css']) {
			expect((await fetch(at + path)).status, path).toBe(200);
		}
		const answer = await fetch(`${at}/subscribe`, {
			method: 'POST',
			body: await signUpFields('image@example.com', server),
			headers: own,
		});
		expect(await answer.text()).toContain('Check your inbox');
		expect(linksTo('image@example.com', provider).confirm).toContain('/confirm?t=');
	});
});

/** What an image for a server must not do; a sentence each. */
function faultsOf(recipe: string): string[] {
	const lines = recipe.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	const from = lines.findLastIndex((line) => line.startsWith('FROM '));
	const last = lines.slice(from);
	const has = (pattern: RegExp, where = last) => where.some((line) => pattern.test(line));
	const bases = lines.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? []);
	const stages = lines.flatMap((line) => /^FROM .* AS (\S+)/.exec(line)?.[1] ?? []);
	const moves = bases
		.filter((base) => !stages.includes(base))
		.some((base) => !/^[\w/-]+:\d+\.\d+\.\d+-[\w-]+(?:@sha256:[0-9a-f]{64})?$/.test(base));
	const user = last.findLast((line) => line.startsWith('USER '));
	return [
		...(moves ? ['A base is not pinned to one version.'] : []),
		...(user === undefined || /^USER (?:root|0)\b/.test(user) ? ['It runs as root.'] : []),
		...(has(/^(?:ENV|ARG)\b.*(?:KEY|SECRET|TOKEN|PASSWORD)/, lines) ? ['It holds a secret.'] : []),
		...(has(/^HEALTHCHECK .*CMD \[/) ? [] : ['Nobody can see whether it is well.']),
		...(has(/^RUN npm ci .*--omit=dev/, lines)
			? []
			: ['It installs other than the lock file says.']),
		...(has(/^(?:COPY \.|ADD)\s/) ? ['The last stage takes in more than it needs.'] : []),
		...(has(/^CMD \["node"/) ? [] : ['Signals do not reach the server.']),
	];
}

/** The packages that `npm ci --omit=dev` would install, as links. */
function layPackages(image: string): void {
	const lock: { packages: Record<string, { dev?: boolean }> } = JSON.parse(
		readFileSync(join(root, 'package-lock.json'), 'utf8'),
	);
	for (const [path, { dev }] of Object.entries(lock.packages)) {
		const isTop = /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path);
		if (!isTop || dev === true || !existsSync(join(root, path))) continue;
		mkdirSync(dirname(join(image, path)), { recursive: true });
		symlinkSync(join(root, path), join(image, path));
	}
}

/** Those of the wanted names that stand among the lines, each as often as it does. */
function names(lines: readonly string[], wanted: readonly string[]): string[] {
	return lines
		.map((line) => line.split(':')[0] ?? '')
		.filter((name) => wanted.includes(name))
		.toSorted();
}

const ownSafety = [
	'content-security-policy',
	'retry-after',
	'strict-transport-security',
	'x-content-type-options',
];
const safety = [
	'content-security-policy',
	'cross-origin-opener-policy',
	'cross-origin-resource-policy',
	'permissions-policy',
	'referrer-policy',
	'strict-transport-security',
	'x-content-type-options',
];
