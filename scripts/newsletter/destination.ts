import { join } from 'node:path';
import { gitLedger } from '#/delivery/git-ledger.ts';
import { runGit } from '#/delivery/git.ts';
import { fileLedger } from '#/delivery/ledger.ts';
import type { Ledger } from '#/delivery/ledger.ts';
import { machinePace } from '#/delivery/pace.ts';
import type { Provider } from '#/delivery/provider.ts';
import { isLoopback, openResend, resendHost } from '#/delivery/resend.ts';
import { machineWeb, openSite } from '#/delivery/site.ts';
import type { Site } from '#/delivery/site.ts';
import type { Environment } from '#/environment.ts';
import type { Settings } from '#/settings.ts';
import { UserError } from '#/user-error.ts';
import type { Print } from './command.ts';
import { findSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

/**
 * Where mail goes: to Resend where a key is set, else to the sandbox. Says so in the first line.
 * @throws UserError where there is neither
 */
export async function openDestination(
	environment: Environment,
	print: Print,
): Promise<Destination> {
	const destination = await findDestination(environment);
	if (!destination) {
		throw new UserError(
			'There is no RESEND_API_KEY, and no sandbox answers.',
			'Start it with npm start, or set RESEND_API_KEY to send for real. Nothing was sent.',
		);
	}
	print.progress(destination.title);
	return destination;
}

/** As `openDestination`, but undefined where there is neither. Asks Resend nothing. */
export async function findDestination(environment: Environment): Promise<Destination | undefined> {
	if (environment.resendKey !== undefined) return real(environment, environment.resendKey);
	const sandbox = await findSandbox(environment);
	if (!sandbox) return undefined;
	return {
		title: `The sandbox at ${sandbox.url}: no mail leaves this machine.`,
		provider: openResend({ key: 're_sandbox', baseUrl: sandbox.url }, machinePace()),
		receiptsDir: sandbox.receiptsDir,
		sandbox,
		now: await sandbox.now(),
		pause: async () => {},
		clock: () => new Date(),
		wait: async () => {},
	};
}

/** Where the receipts of an issue are kept. Those of the sandbox never go anywhere. */
export function openLedger(stem: string, settings: Settings, destination: Destination): Ledger {
	const { receiptsDir, sandbox } = destination;
	const { ledger, ledgerBranch } = settings.delivery;
	if (sandbox || ledger === 'file') return fileLedger(receiptsDir, stem);
	return gitLedger(
		{ folder: receiptsDir, stem, branch: ledgerBranch },
		{ git: runGit, wait: machinePace().wait, random: Math.random },
	);
}

/** The public site as it can be asked; undefined for a sandbox that none is served beside. */
export function siteOf({ sites }: Settings, { sandbox }: Destination): Site | undefined {
	if (!sandbox)
		return openSite({ publicOrigin: sites.public, servedFrom: sites.public }, machineWeb());
	const { site } = sandbox;
	return site === undefined
		? undefined
		: openSite({ publicOrigin: sites.public, servedFrom: site }, machineWeb());
}

function real(environment: Environment, key: string): Destination {
	const pace = machinePace();
	const provider = openResend({ key, baseUrl: environment.resendBaseUrl }, pace);
	const isNear = isLoopback(provider.host);
	const waits = { settle: 10_000, 'read-back': 3_000 } as const;
	return {
		title:
			provider.host === resendHost
				? 'Resend: mail goes out for real.'
				: `Resend, at ${provider.host}.`,
		provider,
		receiptsDir: environment.receiptsDir ?? join(environment.contentDir, 'issues'),
		sandbox: undefined,
		now: environment.now,
		pause: async (reason) => {
			if (!isNear) await pace.wait(waits[reason]);
		},
		clock: () => new Date(),
		wait: pace.wait,
	};
}

export interface Destination {
	/** One line that says where mail goes. */
	title: string;
	provider: Provider;
	/** Absolute path of the folder receipts lie in. */
	receiptsDir: string;
	/** There where mail stays in the sandbox. */
	sandbox: Sandbox | undefined;
	/** Its clock, or this machine's: good enough to read content by, never to send by. */
	now: Date;
	/** Waits until a list or a read shows what was just written. */
	pause(reason: 'settle' | 'read-back'): Promise<void>;
	/** This machine's clock. */
	clock(): Date;
	/** Waits for something outside, such as a page that is being deployed. */
	wait(milliseconds: number): Promise<void>;
}
