/** The server that stands before the endpoints and the site: over real HTTP, and on another host. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handle } from 'hono/aws-lambda';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startServer } from '../scripts/serve/server.ts';
import type { Running } from '../scripts/serve/server.ts';
import { policyOf } from '../scripts/serve/site.ts';
import { aDesk, askedFor, contactOf, isMailed, joined, testKeys } from './endpoints-lab.ts';

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'tandem-served-'));
	mkdirSync(join(folder, 'about'));
	mkdirSync(join(folder, '_astro'));
	writeFileSync(
		join(folder, 'index.html'),
		'<!doctype html><style>h1{color:red}</style><h1 style="x:y">Home</h1><script>1</script>',
	);
	writeFileSync(join(folder, 'about/index.html'), '<!doctype html><title>About</title>');
	writeFileSync(join(folder, '404.html'), '<!doctype html><title>Lost</title>');
	writeFileSync(join(folder, '_astro/a.css'), 'a{}');
	writeFileSync(join(folder, '.secret'), 'secret');
	writeFileSync(join(folder, 'feed.json'), '{}');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function aServer(options: Parameters<typeof aDesk>[0] = {}) {
	const desk = await aDesk(options);
	const server = await startServer(desk.app, { port: 0, host: '127.0.0.1', folder });
	onTestFinished(() => server.close(0));
	return { desk, server };
}

/** What comes back for bytes as they stand, on a connection of its own. */
function raw(server: Running, text: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
		let answer = '';
		socket.on('data', (chunk) => (answer += chunk));
		socket.on('close', () => resolve(answer));
		socket.on('error', reject);
	});
}

describe('one click, as mailboxes send it (RFC 8058)', () => {
	const pair = 'List-Unsubscribe=One-Click';
	const form = 'application/x-www-form-urlencoded';
	const multipart =
		'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
	const head =
		(lines: string[], body: string, protocol = 'HTTP/1.1') =>
		(path: string) =>
			`POST ${path} ${protocol}\r\nHost: 127.0.0.1\r\nConnection: close\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n${body}`;
	const usual = (more: string[] = [], body = pair, type = form) =>
		head([`Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`, ...more], body);

	const shapes: [string, (path: string) => string][] = [
		['urlencoded', usual()],
		['multipart', usual([], multipart, 'multipart/form-data; boundary=b')],
		['multipart with a quoted boundary', usual([], multipart, 'multipart/form-data; boundary="b"')],
		['with a character set', usual([], pair, `${form}; charset=UTF-8`)],
		['type in capitals', usual([], pair, form.toUpperCase())],
		['no type at all', head([`Content-Length: ${pair.length}`], pair)],
		['no origin, no referrer, no agent', usual(['User-Agent:'])],
		['a foreign origin', usual(['Origin: https://mail.example.org'])],
		['origin null', usual(['Origin: null'])],
		[
			'cross-site by fetch metadata',
			usual(['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors']),
		],
		['a foreign referrer', usual(['Referer: https://mail.example.org/inbox'])],
		['cookies of somebody', usual(['Cookie: session=1; a=b'])],
		[
			'HTTP/1.0',
			head([`Content-Type: ${form}`, `Content-Length: ${pair.length}`], pair, 'HTTP/1.0'),
		],
		[
			'chunked',
			head(
				[`Content-Type: ${form}`, 'Transfer-Encoding: chunked'],
				`${pair.length.toString(16)}\r\n${pair}\r\n0\r\n\r\n`,
			),
		],
		[
			'chunked, a byte at a time',
			head(
				[`Content-Type: ${form}`, 'Transfer-Encoding: chunked'],
				`${pair
					.split('')
					.map((byte) => `1\r\n${byte}\r\n`)
					.join('')}0\r\n\r\n`,
			),
		],
		['an encoded pair', usual([], 'List%2DUnsubscribe=One%2DClick')],
		['a line end after the pair', usual([], `${pair}&`)],
		['more fields', usual([], `${pair}&utm_source=mailbox`)],
		['another host name', (path) => usual()(path).replace('Host: 127.0.0.1', 'Host: evil.example')],
		['a forwarded protocol', usual(['X-Forwarded-Proto: http', 'X-Forwarded-Host: evil.example'])],
		['a language', usual(['Accept-Language: de', 'Accept: */*'])],
		['no wish for HTML', usual(['Accept: application/json'])],
		['a slash after the path', (path) => usual()(path.replace('/unsubscribe?', '/unsubscribe/?'))],
		['do not track and prefetch', usual(['DNT: 1', 'Purpose: prefetch'])],
		[
			'twice in one connection',
			(path) => usual()(path).replace('Connection: close\r\n', '') + usual()(path),
		],
	];

	test('25 shapes are listed', () => expect(shapes).toHaveLength(25));

	test.each(shapes)('%s: 200, no redirect, and the person is out', async (_name, shape) => {
		const { desk, server } = await aServer();
		const token = await joined('ada@example.com', desk);
		expect(isMailed('ada@example.com', desk)).toBe(true);
		const answer = await raw(server, shape(`/unsubscribe?t=${token}`));
		expect(answer).toMatch(/^HTTP\/1\.[01] 200 /);
		expect(answer).not.toMatch(/HTTP\/1\.[01] [345]\d\d|\r\n(?:location|set-cookie):/i);
		expect(isMailed('ada@example.com', desk)).toBe(false);
		expect(contactOf('ada@example.com', desk)?.properties).toHaveProperty('nl_left_at');
	});

	test('again, and a year later, the answer is the same', async () => {
		const { desk, server } = await aServer();
		const token = await joined('ada@example.com', desk);
		for (const ms of [0, 0, 365 * 86_400_000]) {
			await desk.pass(ms);
			expect(await raw(server, usual()(`/unsubscribe?t=${token}`))).toMatch(/^HTTP\/1\.1 200 /);
		}
	});

	test('a link signed by a key that is long retired still works, for leaving only', async () => {
		const before = await aDesk();
		const token = await joined('ada@example.com', before);
		const confirm = await askedFor('ben@example.org', before);
		await before.close();
		// Ten rotations later.
		const rotated = Array.from({ length: 10 }, (_, n) => `n${n}`)
			.map((_, n) => `k${12 - n}:${Buffer.alloc(32, 100 + n).toString('base64')}`)
			.join(',');
		const { desk, server } = await aServer({ tokenKeys: `${rotated},${testKeys}` });
		const kept = await joined('ada@example.com', desk);
		expect(kept).not.toBe(token);
		expect(await raw(server, usual()(`/unsubscribe?t=${token}`))).toMatch(/^HTTP\/1\.1 200 /);
		expect((await desk.post('/confirm', { t: confirm })).status).toBe(400);
	});

	test.each([
		['forged', (token: string) => token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), 400],
		['cut off', (token: string) => token.slice(0, -3), 400],
		['another purpose', (token: string) => token.replace('.unsub.', '.prefs.'), 400],
		['none', () => '', 400],
	])('%s: %s without a hint, and nothing changes', async (_name, change, status) => {
		const { desk, server } = await aServer();
		const token = await joined('ada@example.com', desk);
		const answer = await raw(server, usual()(`/unsubscribe?t=${change(token)}`));
		expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
		expect(isMailed('ada@example.com', desk)).toBe(true);
	});

	test('what is not the pair, and what is not a form, takes nobody off', async () => {
		const { desk, server } = await aServer();
		const path = `/unsubscribe?t=${await joined('ada@example.com', desk)}`;
		expect(await raw(server, usual([], 'a=b')(path))).toMatch(/^HTTP\/1\.1 400 /);
		expect(await raw(server, usual([], '')(path))).toMatch(/^HTTP\/1\.1 400 /);
		expect(await raw(server, usual([], '{}', 'application/json')(path))).toMatch(
			/^HTTP\/1\.1 415 /,
		);
		for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
			await raw(server, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
		}
		expect(isMailed('ada@example.com', desk)).toBe(true);
	});
});

describe('the server', () => {
	test('serves the site and the endpoints from one origin, each with its headers', async () => {
		const { server } = await aServer();
		const home = await fetch(server.url);
		expect(home.status).toBe(200);
		const policy = home.headers.get('content-security-policy') ?? '';
		expect(policy).toContain("default-src 'none'");
		expect(policy).toContain("frame-ancestors 'none'");
		expect(policy.match(/'sha256-[^']+'/g)).toHaveLength(3);
		expect(home.headers.get('x-content-type-options')).toBe('nosniff');
		expect(
			(await fetch(`${server.url}/about`, { redirect: 'manual' })).headers.get('location'),
		).toBe('/about/');
		expect((await fetch(`${server.url}/_astro/a.css`)).headers.get('cache-control')).toContain(
			'immutable',
		);
		const lost = await fetch(`${server.url}/nowhere`);
		expect([lost.status, await lost.text()]).toEqual([404, '<!doctype html><title>Lost</title>']);
		expect(lost.headers.get('content-security-policy')).toContain("default-src 'none'");
		expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
		expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
	});

	test.each([
		'/.secret',
		'/%2esecret',
		'/about/../../etc/passwd',
		'/..%2f..%2fetc/passwd',
		'/%00',
		'/a%5c..%5c.secret',
		'//etc/passwd',
		'/about/%2e%2e/%2e%2e/etc/passwd',
	])('%s leads nowhere outside the site', async (path) => {
		const { server } = await aServer();
		const answer = await raw(
			server,
			`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
		);
		expect(answer).toMatch(/^HTTP\/1\.1 (?:400|404) /);
		expect(answer).not.toMatch(/secret|root:/);
	});

	test('a body of 200 MB is refused at once, and memory hardly grows', async () => {
		const { server } = await aServer();
		const before = process.memoryUsage().rss;
		const chunk = Buffer.alloc(64 * 1024, 'a');
		// Writes on until something comes back, as a client does that looks at what it is told.
		const big = (headers: string[], path: string) =>
			new Promise<string>((resolve, reject) => {
				const socket = connect(server.port, '127.0.0.1');
				let answer = '';
				let sent = 0;
				const more = (): void => {
					if (answer !== '' || sent >= 3_200) return;
					sent += 1;
					const size = headers.includes('Transfer-Encoding: chunked')
						? `${chunk.length.toString(16)}\r\n`
						: '';
					socket.write(size);
					socket.write(chunk, () => setImmediate(more));
					if (size !== '') socket.write('\r\n');
				};
				socket.on('data', (data) => {
					answer += data;
					socket.end();
				});
				socket.on('error', (error) => (answer === '' ? reject(error) : undefined));
				socket.on('close', () => resolve(answer.slice(0, 12)));
				socket.write(
					`POST ${path} HTTP/1.1\r\nHost: x\r\n${[...type, ...headers].join('\r\n')}\r\n\r\n`,
				);
				more();
			});
		const type = ['Content-Type: application/x-www-form-urlencoded', 'Sec-Fetch-Site: same-origin'];
		for (const path of [
			'/subscribe',
			'/confirm',
			'/unsubscribe?t=x',
			'/preferences',
			'/webhook/resend',
		]) {
			expect(await big([`Content-Length: ${3_200 * chunk.length}`], path), path).toBe(
				'HTTP/1.1 413',
			);
			expect(await big(['Transfer-Encoding: chunked'], path), path).toBe('HTTP/1.1 413');
		}
		expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
	});

	test('hangs up on a body that it does not read, and on nobody else', async () => {
		const { server } = await aServer();
		const post = (length: number) =>
			`POST /confirm HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\nt=x`;
		// Both write no more; only the first is waited for in vain.
		const refused = await raw(server, post(200_000_000));
		expect(refused).toMatch(/^HTTP\/1\.1 413 /);
		expect(refused).toMatch(/\r\nconnection: close\r\n/i);
		for (const path of ['/healthz', '/subscribe', '/confirm?t=x', '/', '/_astro/a.css']) {
			const { headers } = await fetch(server.url + path);
			expect(headers.get('connection'), path).toBe('keep-alive');
		}
		const read = await raw(
			server,
			post(3) + post(3).replace('Host: x', 'Host: x\r\nConnection: close'),
		);
		expect(read.match(/HTTP\/1\.1 400 /g)).toHaveLength(2);
		expect(read.match(/\r\nconnection: (?:keep-alive|close)\r\n/gi)).toEqual([
			expect.stringMatching(/keep-alive/i),
			expect.stringMatching(/close/i),
		]);
	});

	test.each([
		'GET / HTTP/1.1\r\n\r\n',
		'GET http://evil.example/confirm?t=x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
		'GET /%ZZ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
		'POST /confirm HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc',
		'POST /confirm HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5\r\nConnection: close\r\n\r\n--b\r\n',
		'POST /subscribe HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: none\r\nContent-Type: application/json\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{"email":',
		'POST /subscribe HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: none\r\nContent-Type: application/json\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnull',
		'BREW /subscribe HTTP/1.1\r\nHost: x\r\n\r\n',
		'\u0000\u0001\u0002\r\n\r\n',
	])('nonsense (%j) is no fault of the server', async (text) => {
		const { server } = await aServer();
		expect(await raw(server, text)).toMatch(/^HTTP\/1\.[01] (?:200|[34]\d\d) /);
		expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
	});

	test('answers what is under way before it ends', async () => {
		const { desk, server } = await aServer({
			choices: { floorMs: 300 },
			ports: { wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
		});
		const page = await (await fetch(`${server.url}/subscribe`)).text();
		const stamp = /name="stamp" value="([^"]+)"/.exec(page)?.[1] ?? '';
		await desk.pass(10_000);
		const answer = fetch(`${server.url}/subscribe`, {
			method: 'POST',
			body: new URLSearchParams({ email: 'ada@example.com', stamp }),
			headers: { 'sec-fetch-site': 'same-origin', connection: 'close' },
		});
		await new Promise((resolve) => setTimeout(resolve, 100));
		await server.close();
		expect((await answer).status).toBe(200);
		await expect(fetch(server.url)).rejects.toThrow('fetch failed');
	});
});

test('the same app runs on AWS Lambda: signing up, confirming, leaving by one click', async () => {
	const desk = await aDesk();
	const lambda = handle(desk.app);
	const call = async (
		method: string,
		path: string,
		body: string | null,
		headers: Record<string, string>,
	) => {
		const [rawPath = '', rawQueryString = ''] = path.split('?');
		const event = {
			version: '2.0',
			routeKey: '$default',
			rawPath,
			rawQueryString,
			headers: { host: 'news.example.com', ...headers },
			body,
			isBase64Encoded: false,
			requestContext: {
				domainName: 'news.example.com',
				http: { method, path: rawPath, sourceIp: '198.51.100.7' },
			},
		};
		// The adapter reads these fields and no others.
		const answer = await lambda(event as unknown as Parameters<typeof lambda>[0]);
		return { status: answer.statusCode, body: answer.body };
	};
	const form = { 'content-type': 'application/x-www-form-urlencoded' };
	const page = await call('GET', '/subscribe', null, {});
	const stamp = /name="stamp" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
	await desk.pass(10_000);
	const asked = new URLSearchParams({ email: 'ada@example.com', stamp });
	expect(
		(await call('POST', '/subscribe', String(asked), { ...form, 'sec-fetch-site': 'same-origin' }))
			.status,
	).toBe(200);
	const token = await askedFor('ada@example.com', desk);
	expect((await call('POST', '/confirm', `t=${token}`, form)).body).toContain('You are in');
	expect(isMailed('ada@example.com', desk)).toBe(true);
	const mail = desk.sandbox.mails().at(-1)?.email;
	const path = /(\/unsubscribe\?t=[^>]+)/.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
	expect((await call('POST', path, 'List-Unsubscribe=One-Click', form)).status).toBe(200);
	expect(isMailed('ada@example.com', desk)).toBe(false);
});

test('a policy allows what is in a page and nothing else', () => {
	const policy = (html: string) => policyOf(Buffer.from(html));
	expect(policy('<p>x</p>')).toContain("style-src 'self'; script-src 'self';");
	expect(policy('<script type="application/ld+json">{}</script>')).toContain("script-src 'self';");
	expect(policy('<p style="a:&quot;b&quot;">')).toContain("'unsafe-hashes'");
});
