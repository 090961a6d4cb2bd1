/**
 * The one place that reads the process environment. Everything here can also be left unset:
 * the defaults are those of a fresh clone.
 */
import { resolve } from 'node:path';
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
		sandboxUrl: read.TANDEM_SANDBOX_URL,
		resendKey: read.RESEND_API_KEY,
		resendBaseUrl: read.RESEND_BASE_URL,
		isCi: read.CI !== undefined && read.CI !== '' && read.CI !== 'false',
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
	/** Where the sandbox listens, when it is not at its usual address. */
	TANDEM_SANDBOX_URL: z
		.url({ error: 'It must be an address such as http://127.0.0.1:4323.' })
		.optional(),
	RESEND_API_KEY: z.string().optional(),
	RESEND_BASE_URL: z.url({ error: 'It must be an address.' }).optional(),
	CI: z.string().optional(),
});

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
	sandboxUrl: string | undefined;
	resendKey: string | undefined;
	resendBaseUrl: string | undefined;
	isCi: boolean;
}
