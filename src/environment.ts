/**
 * The one place that reads the process environment. Everything here can also be left unset:
 * the defaults are those of a fresh clone.
 */
import { getCompileCacheDir } from 'node:module';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from './user-error.ts';

/**
 * Reads and checks the environment.
 * @param source - the variables to read, `process.env` unless a test passes its own
 * @throws UserError naming the variable, what it held and what it may hold
 */
export function environment(source: Record<string, string | undefined> = process.env): Environment {
	// An empty variable is how a shell or a CI file unsets one.
	const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
	const parsed = environmentSchema.safeParse(given);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const name = String(issue?.path[0] ?? 'environment');
		throw new UserError(
			`${name} is "${source[name] ?? ''}". ${issue?.message ?? ''}`.trim(),
			`Set ${name} to a valid value, or leave it unset. Nothing was changed.`,
		);
	}
	const read = parsed.data;
	return {
		site: read.SITE,
		contentDir: resolve(read.TANDEM_CONTENT),
		outDir: resolve(read.TANDEM_OUT),
		cacheDir: resolve(read.TANDEM_CACHE),
		receiptsDir: read.TANDEM_RECEIPTS === undefined ? undefined : resolve(read.TANDEM_RECEIPTS),
		now: read.TANDEM_NOW === undefined ? new Date() : new Date(read.TANDEM_NOW),
		isClockSet: read.TANDEM_NOW !== undefined,
		isSearchOff: read.TANDEM_SEARCH === 'off',
		isSubscribeOpen: read.TANDEM_SUBSCRIBE === 'on',
		sandboxUrl: read.TANDEM_SANDBOX_URL,
		resendKey: read.RESEND_API_KEY,
		resendBaseUrl: read.RESEND_BASE_URL,
		githubOutput: read.GITHUB_OUTPUT,
		runId: read.GITHUB_RUN_ID,
		isCi: read.CI !== undefined && read.CI !== '' && read.CI !== 'false',
	};
}

/**
 * What the endpoints' process is given besides: its secrets, where it listens, whom it believes.
 * Apart from the rest, since no other program may need a token key.
 * @param source - the variables to read, `process.env` unless a test passes its own
 * @throws UserError naming the variable and what it may hold, never what a secret held
 */
export function serverEnvironment(
	source: Record<string, string | undefined> = process.env,
): ServerEnvironment {
	const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
	const parsed = serverSchema.safeParse(given);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const name = String(issue?.path[0] ?? 'environment');
		throw new UserError(
			`${name} cannot be used. ${issue?.message ?? ''}`.trim(),
			`Set ${name} to a valid value, or leave it unset. Nothing was started.`,
		);
	}
	const read = parsed.data;
	return {
		port: read.PORT,
		host: read.TANDEM_HOST,
		publicOrigin: read.TANDEM_PUBLIC_ORIGIN,
		isBehindProxy: read.TANDEM_PROXY === 'on',
		tokenKeys: read.TOKEN_KEYS,
		sendKey: read.RESEND_SEND_KEY,
		fullKey: read.RESEND_FULL_KEY,
		webhookSecrets: read.RESEND_WEBHOOK_SECRET,
	};
}

/**
 * The environment of a child process: what this process was given, with `added` on top; an empty
 * text takes a variable away.
 */
export function childEnvironment(
	added: Record<string, string>,
): Record<string, string | undefined> {
	return { ...process.env, ...added };
}

/**
 * The environment of a thread: what this process was given, and where V8 keeps what it has compiled,
 * if it does. Astro's command switches that on, and threads do not inherit it: half the time that one
 * takes to start is for compiling.
 */
export function threadEnvironment(): Record<string, string | undefined> {
	const kept = getCompileCacheDir();
	// V8 makes a folder for its own version below the one it is given.
	return kept === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(kept) };
}

const environmentSchema = z.object({
	/** Which of the two sites a build makes. */
	SITE: z
		.enum(['playbook', 'newsletter'], { error: 'It must be playbook or newsletter.' })
		.default('playbook'),
	/** The content folder; another firm's, or a fixture's. */
	TANDEM_CONTENT: z.string().default('content'),
	/** Where the built sites and the outbox go. */
	TANDEM_OUT: z.string().default('dist'),
	/** Where builds keep what they may reuse. */
	TANDEM_CACHE: z.string().default('.cache'),
	/** Where receipts lie, if not beside their issues: the demo keeps its own, away from the real ones. */
	TANDEM_RECEIPTS: z.string().optional(),
	/** The instant a build or command takes for now, with its offset. */
	TANDEM_NOW: z.iso
		.datetime({ offset: true, error: 'It must be an instant such as 2026-11-24T08:00:00Z.' })
		.optional(),
	/** `off` builds a site without its search index, for previews and benchmarks. */
	TANDEM_SEARCH: z.enum(['on', 'off'], { error: 'It must be on or off.' }).default('on'),
	/** `on` opens the forms of the public site: the endpoints answer beside it. */
	TANDEM_SUBSCRIBE: z.enum(['on', 'off'], { error: 'It must be on or off.' }).default('off'),
	/** Where the sandbox listens, when it is not at its usual address. */
	TANDEM_SANDBOX_URL: z
		.url({ error: 'It must be an address such as http://127.0.0.1:4323.' })
		.optional(),
	RESEND_API_KEY: z.string().optional(),
	RESEND_BASE_URL: z.url({ error: 'It must be an address.' }).optional(),
	CI: z.string().optional(),
	/** The file a step of GitHub Actions hands values to later jobs by. */
	GITHUB_OUTPUT: z.string().optional(),
	/** Number of the run, for receipts. */
	GITHUB_RUN_ID: z
		.string()
		.regex(/^\d{1,20}$/, { error: 'It must be a number.' })
		.optional(),
});

const serverSchema = z.object({
	/** Where the endpoints listen; 0 takes a free port. */
	PORT: z.coerce
		.number({ error: 'It must be a port, 0 to 65535.' })
		.int({ error: 'It must be a port, 0 to 65535.' })
		.min(0, { error: 'It must be a port, 0 to 65535.' })
		.max(65_535, { error: 'It must be a port, 0 to 65535.' })
		.default(8080),
	/** The interface to listen on. A proxy on the same machine needs no other. */
	TANDEM_HOST: z.string().default('127.0.0.1'),
	/** What readers type, where it is not the address of `sites.public`. Every link is built from it. */
	TANDEM_PUBLIC_ORIGIN: z
		.url({ protocol: /^https?$/, error: 'It must be an origin such as https://news.example.com.' })
		.transform((address) => new URL(address).origin)
		.optional(),
	/** `on` believes the last address of X-Forwarded-For: only behind a proxy that writes it itself. */
	TANDEM_PROXY: z.enum(['on', 'off'], { error: 'It must be on or off.' }).default('off'),
	/** `k2:<32 bytes in base64>,k1:…`: the first signs, the second still opens, older ones only let people leave. */
	TOKEN_KEYS: z.string().optional(),
	/** A key of Resend that may only send, for sign-ups. */
	RESEND_SEND_KEY: z.string().optional(),
	/** A key of Resend with full access, for everything that needs a confirmed link. */
	RESEND_FULL_KEY: z.string().optional(),
	/** `whsec_…` as the webhook's page shows it; two, separated by a comma, while one is replaced. */
	RESEND_WEBHOOK_SECRET: z
		.string()
		.transform((text) => text.split(',').map((part) => part.trim()))
		.pipe(z.array(z.string().regex(/^whsec_\S+$/, { error: 'It must begin with whsec_.' })))
		.default([]),
});

export interface ServerEnvironment {
	port: number;
	host: string;
	/** Without a path; undefined where that of the settings holds. */
	publicOrigin: string | undefined;
	isBehindProxy: boolean;
	tokenKeys: string | undefined;
	sendKey: string | undefined;
	fullKey: string | undefined;
	/** None where no report of the provider is to be believed. */
	webhookSecrets: string[];
}

export interface Environment {
	site: 'playbook' | 'newsletter';
	/** Absolute path. */
	contentDir: string;
	/** Absolute path. */
	outDir: string;
	/** Absolute path. */
	cacheDir: string;
	/** Absolute path, or undefined where receipts lie beside their issues. */
	receiptsDir: string | undefined;
	now: Date;
	/** True where `now` was given and is not the machine's clock. */
	isClockSet: boolean;
	/** True leaves the search index out. */
	isSearchOff: boolean;
	/** True where `/subscribe` answers on the public site's host. */
	isSubscribeOpen: boolean;
	sandboxUrl: string | undefined;
	resendKey: string | undefined;
	resendBaseUrl: string | undefined;
	/** Absolute path, there in GitHub Actions. */
	githubOutput: string | undefined;
	/** Number of the CI run. */
	runId: string | undefined;
	isCi: boolean;
}
