/** The processes of a measurement: a sandbox, and the server before it, each on its own. */
import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTokens, parseTokenKeys } from '#/delivery/token.ts';
import type { Tokens } from '#/delivery/token.ts';
import { childEnvironment } from '#/environment.ts';
import { root } from '../../astro.ts';
import type { Twin } from './twin.ts';

export const publicOrigin = 'https://news.example.com';

/**
 * Starts both.
 * @param outDir - absolute path of the folder that holds the built `newsletter`
 * @param limits - `as they are` runs `npm run serve` itself; `lifted` the same without its counters
 * @param twin - runs, without counters, a server that tells who is on the list
 */
export async function openStage(
	outDir: string,
	limits: 'as they are' | 'lifted',
	twin?: Twin,
): Promise<Stage> {
	const provider = fork(new URL('./sandbox.ts', import.meta.url), [], {
		execArgv: [],
		env: childEnvironment({}),
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const facts = await new Promise<Facts>((resolve, reject) => {
		provider.once('message', (message) => resolve(message as Facts));
		provider.once('exit', () => reject(new Error('The sandbox ended.')));
	});
	const tokenKeys = `k1:${randomBytes(32).toString('base64')}`;
	const program =
		limits === 'lifted'
			? fileURLToPath(new URL('./server.ts', import.meta.url))
			: join(root, 'scripts/serve.ts');
	const args = twin === undefined ? [program] : [program, twin];
	const server = spawn(process.execPath, args, {
		cwd: root,
		env: childEnvironment({
			NODE_ENV: 'production',
			PORT: '0',
			TANDEM_HOST: '127.0.0.1',
			TANDEM_OUT: outDir,
			TANDEM_PROXY: 'on',
			TANDEM_PUBLIC_ORIGIN: publicOrigin,
			TANDEM_SANDBOX_URL: facts.url,
			RESEND_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('base64')}`,
			TOKEN_KEYS: tokenKeys,
		}),
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	const url = await whereItServes(server);
	return {
		...facts,
		server: url,
		sandbox: facts.url,
		tokens: openTokens(parseTokenKeys(tokenKeys)),
		rss: () => residentMb(server.pid ?? 0),
		async close() {
			await Promise.all([ended(server), ended(provider)]);
		},
	};
}

/** The fields of a form that is ten seconds old. */
export async function stampOf({ tokens }: Stage): Promise<string> {
	const iat = Math.floor(Date.now() / 1000) - 10;
	return tokens.mint('form', {}, { iat, exp: iat + 3600 });
}

/** Asks the sandbox's own control, not the part that plays Resend. */
export async function control<T>(stage: Stage, path: string, init: RequestInit = {}): Promise<T> {
	const answer = await fetch(`${stage.sandbox}/_sandbox${path}`, init);
	if (!answer.ok) throw new Error(`The sandbox refused ${path}: ${await answer.text()}`);
	// The sandbox is ours, and answers what is asked for.
	return (await answer.json()) as T;
}

/** Every mail it delivered. */
export function mailsOf(stage: Stage): Promise<SentMail[]> {
	return control<SentMail[]>(stage, '/mails');
}

async function whereItServes(server: ChildProcess): Promise<string> {
	let said = '';
	return new Promise((resolve, reject) => {
		server.stderr?.on('data', (chunk: Buffer) => {
			said += chunk.toString('utf8');
			const url = /at (http:\/\/[\d.]+:\d+), as/.exec(said)?.[1];
			if (url !== undefined) resolve(url);
		});
		server.once('exit', () => reject(new Error(`The server ended:\n${said}`)));
	});
}

function residentMb(pid: number): number {
	const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return (Number(kibibytes ?? 0) * 1024) / 1_000_000;
}

async function ended(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGKILL');
	await gone;
}

interface Facts {
	url: string;
	segmentId: string;
	topicId: string;
}

export interface Stage extends Facts {
	/** Where the server listens. */
	server: string;
	/** Where the sandbox listens. */
	sandbox: string;
	tokens: Tokens;
	/** Resident memory of the server, in megabytes of 1,000,000 bytes. */
	rss(): number;
	close(): Promise<void>;
}

export interface SentMail {
	to: string;
	at: string;
	subject: string;
	text: string;
	html: string;
	headers: Record<string, string>;
}
