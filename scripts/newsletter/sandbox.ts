/** The sandbox from the outside: where the demo runs, and its clock. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isLoopback } from '#/delivery/resend.ts';
import type { Environment } from '#/environment.ts';
import { UserError } from '#/user-error.ts';

/**
 * Finds the sandbox: the one the environment names, else the one of the running demo.
 * @returns undefined where none is named, or it does not answer
 * @throws UserError where the address leads off this machine
 */
export async function findSandbox(environment: Environment): Promise<Sandbox | undefined> {
	const demo = readDemo(environment);
	const url = environment.sandboxUrl?.replace(/\/+$/, '') ?? demo?.url;
	if (url === undefined) return undefined;
	if (!isLoopback(url)) {
		throw new UserError(
			`The sandbox address ${url} leads off this machine.`,
			'A sandbox only ever runs here. Unset TANDEM_SANDBOX_URL.',
		);
	}
	const own = join(environment.cacheDir, 'demo', 'receipts');
	const sandbox: Sandbox = {
		url,
		// Receipts of a sandbox must never lie among the real ones.
		receiptsDir: environment.receiptsDir ?? (demo?.url === url ? demo.receipts : own),
		site: demo?.url === url ? demo.site : undefined,
		now: async () => new Date((await control(url, clockSchema)).now),
		moveTo: async (instant) => {
			const body = JSON.stringify({ set: instant.toISOString() });
			await control(url, clockSchema, { method: 'POST', body });
		},
	};
	try {
		await sandbox.now();
		return sandbox;
	} catch {
		return undefined;
	}
}

function readDemo(environment: Environment): Demo | undefined {
	try {
		const text = readFileSync(join(environment.cacheDir, 'demo', 'sandbox.json'), 'utf8');
		const demo = demoSchema.parse(JSON.parse(text));
		// A demo of another content folder has other readers and other receipts.
		return demo.content === environment.contentDir ? demo : undefined;
	} catch {
		return undefined;
	}
}

async function control<T>(url: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<T> {
	const response = await fetch(`${url}/_sandbox/clock`, {
		...init,
		headers: { 'content-type': 'application/json' },
		signal: AbortSignal.timeout(15_000),
	});
	if (!response.ok) throw new Error(`The sandbox answered ${response.status}.`);
	return schema.parse(await response.json());
}

const clockSchema = z.object({ now: z.iso.datetime() });

/** What `npm start` leaves for other commands. */
const demoSchema = z.object({
	url: z.url(),
	/** Absolute path of the folder for the demo's receipts. */
	receipts: z.string().min(1),
	/** Absolute path of the content folder it shows. */
	content: z.string().min(1),
	/** Where it serves the public site, once that is built. */
	site: z.url().optional(),
});

type Demo = z.output<typeof demoSchema>;

export interface Sandbox {
	url: string;
	/** Absolute path of the folder for its receipts. */
	receiptsDir: string;
	/** Where the public site is served beside it. */
	site: string | undefined;
	/** What time it is there. */
	now(): Promise<Date>;
	/** Moves its clock; what falls due happens before this resolves. */
	moveTo(instant: Date): Promise<void>;
}
