/** What stands on a server: the sandbox as the provider, `npm run serve` in a process of its own, nginx before it. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machinePace } from '#/delivery/pace.ts';
import { setUpProperties } from '#/delivery/properties.ts';
import { openResend } from '#/delivery/resend.ts';
import { openTokens, parseTokenKeys } from '#/delivery/token.ts';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import type { Sandbox } from '#/sandbox/server.ts';
import { readSettings } from '#/settings.ts';
import { linkIn } from './endpoints-lab.ts';
import { root } from './site.ts';

export const publicOrigin = 'https://news.example.com';

/** A sandbox with readers and all that `newsletter setup` makes, by the machine's own clock. */
export async function aProvider(): Promise<Provider> {
	const { delivery } = readSettings(join(root, 'content'));
	const sandbox = await startSandbox();
	const ids = seedReaders(sandbox, delivery);
	await setUpProperties(openResend({ key: 're_full', baseUrl: sandbox.url }, machinePace()));
	return { sandbox, ...ids };
}

/**
 * `npm run serve` as an operator runs it, behind a proxy, with new keys.
 * @param outDir - absolute path of the folder that holds the built `newsletter`
 * @param where - the root of what is served, where it is not the repository's
 */
export async function serve(
	{ sandbox }: Provider,
	outDir: string,
	where = root,
	env: Record<string, string> = {},
): Promise<Served> {
	const tokenKeys = `k1:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')}`;
	const secret = `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64')}`;
	const child = spawn(process.execPath, [join(where, 'scripts/serve.ts')], {
		cwd: where,
		// Nothing of this run: a server is given what it is given.
		env: {
			PATH: process.env['PATH'] ?? '',
			NODE_ENV: 'production',
			PORT: '0',
			TANDEM_OUT: outDir,
			TANDEM_PROXY: 'on',
			TANDEM_PUBLIC_ORIGIN: publicOrigin,
			TANDEM_SANDBOX_URL: sandbox.url,
			TOKEN_KEYS: tokenKeys,
			RESEND_WEBHOOK_SECRET: secret,
			...env,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const output = collect(child);
	const port = Number(await output.find(/at http:\/\/[\d.]+:(\d+), as/));
	return { port, secret, tokenKeys, output: output.text, close: () => end(child) };
}

/** nginx with the recipe of `deploy/`, for another port, another certificate and this folder. */
export async function proxy(folder: string, upstreamPort: number): Promise<Proxied> {
	for (const name of ['', 'logs']) mkdirSync(join(folder, name), { recursive: true });
	// The workers of a master that is root run as another user.
	chmodSync(folder, 0o755);
	const key = join(folder, 'key.pem');
	const certificate = join(folder, 'certificate.pem');
	execFileSync(
		'openssl',
		[
			...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(' '),
			'-subj',
			'/CN=news.example.com',
			'-addext',
			'subjectAltName=DNS:news.example.com',
			'-keyout',
			key,
			'-out',
			certificate,
		],
		{ stdio: 'ignore' },
	);
	const [tlsPort, plainPort] = [await freePort(), await freePort()];
	const site = changed(readFileSync(join(root, 'deploy/nginx.conf'), 'utf8'), [
		['127.0.0.1:8080', `127.0.0.1:${upstreamPort}`, 1],
		['listen 443 ', `listen 127.0.0.1:${tlsPort} `, 2],
		['listen 80', `listen 127.0.0.1:${plainPort}`, 2],
		['/etc/letsencrypt/live/news.example.com/fullchain.pem', certificate, 1],
		['/etc/letsencrypt/live/news.example.com/privkey.pem', key, 1],
		['/var/log/nginx/', `${folder}/logs/`, 2],
	]);
	writeFileSync(join(folder, 'site.conf'), site);
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
		.map((name) => `${name}_temp_path ${folder}/${name};`)
		.join(' ');
	writeFileSync(
		join(folder, 'nginx.conf'),
		`daemon off; pid ${folder}/pid; error_log ${folder}/logs/main.log; worker_processes 1;
events {}
http { include /etc/nginx/mime.types; ${temporary} include ${folder}/site.conf; }
`,
	);
	const args = [
		'-p',
		folder,
		'-c',
		join(folder, 'nginx.conf'),
		'-e',
		join(folder, 'logs/main.log'),
	];
	execFileSync('nginx', [...args, '-t'], { stdio: 'pipe' });
	const child = spawn('nginx', args, { stdio: 'ignore' });
	await untilOpen(plainPort);
	const ca = readFileSync(certificate);
	return {
		tlsPort,
		plainPort,
		ask: (path, asked = {}) => ask(path, { ca, port: tlsPort, ...asked }),
		log: () =>
			readdirSync(join(folder, 'logs'))
				.map((name) => readFileSync(join(folder, 'logs', name), 'utf8'))
				.join('\n'),
		close: () => end(child, 'SIGQUIT'),
	};
}

/** The fields of a sign-up by a form that is ten seconds old. */
export async function signUpFields(email: string, { tokenKeys }: Served): Promise<string> {
	const iat = Math.floor(Date.now() / 1000) - 10;
	const tokens = openTokens(parseTokenKeys(tokenKeys));
	const stamp = await tokens.mint('form', {}, { iat, exp: iat + 3600 });
	return String(new URLSearchParams({ email, stamp, website: '' }));
}

/** The links of the mails that reached an address, newest last. */
export function linksTo(
	address: string,
	{ sandbox }: Provider,
): Record<'confirm' | 'leave', string> {
	const mails = sandbox.mails().filter(({ to }) => to === address);
	const find = (page: 'confirm' | 'unsubscribe') =>
		mails.map(({ email }) => linkIn(email.text ?? '', page)?.url).findLast(Boolean) ?? '';
	return { confirm: find('confirm'), leave: find('unsubscribe') };
}

/** Whether an issue would reach an address. */
export function isIn(address: string, { sandbox, segmentId, topicId }: Provider): boolean {
	const contact = sandbox.state.contacts.values().find(({ email }) => email === address);
	return (
		contact !== undefined &&
		!contact.unsubscribed &&
		contact.segments.has(segmentId) &&
		contact.topics.get(topicId) === 'opt_in'
	);
}

export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	// A TCP server's address is an object.
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

function ask(path: string, asked: Asked & { ca: Buffer; port: number }): Promise<Answer> {
	const { method = 'GET', headers = {}, body, from, ca, port } = asked;
	return new Promise((resolve, reject) => {
		const sent = request(
			{
				host: '127.0.0.1',
				servername: 'news.example.com',
				port,
				ca,
				method,
				path,
				localAddress: from,
				agent: false,
				headers: { host: 'news.example.com', connection: 'close', ...headers },
			},
			(answer) => {
				const chunks: Buffer[] = [];
				answer.on('data', (chunk: Buffer) => chunks.push(chunk));
				answer.on('end', () =>
					resolve({
						status: answer.statusCode ?? 0,
						lines: answer.rawHeaders.flatMap((name, index) =>
							index % 2 === 0 ? [`${name.toLowerCase()}: ${answer.rawHeaders[index + 1]}`] : [],
						),
						text: Buffer.concat(chunks).toString('utf8'),
					}),
				);
			},
		);
		sent.once('error', reject);
		sent.end(body);
	});
}

/** Each text replaced as often as it is said to stand there. */
function changed(text: string, changes: readonly [string, string, number][]): string {
	return changes.reduce((now, [from, to, times]) => {
		const found = now.split(from).length - 1;
		if (found !== times) throw new Error(`"${from}" stands there ${found} times, not ${times}.`);
		return now.replaceAll(from, to);
	}, text);
}

function collect(child: ChildProcess) {
	let text = '';
	const watchers = new Set<() => void>();
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => {
			text += chunk.toString('utf8');
			for (const watch of watchers) watch();
		});
	}
	return {
		text: () => text,
		find: (pattern: RegExp) =>
			new Promise<string | undefined>((resolve, reject) => {
				const watch = (): void => {
					const found = pattern.exec(text);
					if (found) resolve(found[1]);
				};
				watchers.add(watch);
				child.once('close', () => reject(new Error(`It ended:\n${text}`)));
				watch();
			}),
	};
}

async function untilOpen(port: number): Promise<void> {
	for (let tries = 0; tries < 200; tries += 1) {
		try {
			await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual', headers: { host: 'x' } });
			return;
		} catch (error) {
			// The default server closes the connection without a word: then it is there.
			const { cause } = error as { cause?: { code?: string } };
			if (cause?.code !== 'ECONNREFUSED') return;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
	throw new Error('nginx did not start.');
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.once('close', resolve));
	child.kill(signal);
	await ended;
}

interface Provider {
	sandbox: Sandbox;
	segmentId: string;
	topicId: string;
}

interface Served {
	port: number;
	/** Of the webhook. */
	secret: string;
	tokenKeys: string;
	/** All that it printed. */
	output(): string;
	close(): Promise<void>;
}

interface Proxied {
	tlsPort: number;
	plainPort: number;
	/** Asks over TLS, and checks the certificate. */
	ask(path: string, asked?: Asked): Promise<Answer>;
	/** All that nginx wrote. */
	log(): string;
	close(): Promise<void>;
}

interface Asked {
	method?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
	/** An address of loopback to come from. */
	from?: string;
}

interface Answer {
	status: number;
	/** Headers as they came, each `name: value`, with every repetition. */
	lines: string[];
	text: string;
}
