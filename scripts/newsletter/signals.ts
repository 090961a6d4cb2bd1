/**
 * Leaving in the middle. The first signal lets the call in flight end, and stops before the next
 * write: what stands then can be gone on with. The second leaves at once.
 */
import type { Ledger } from '#/delivery/ledger.ts';
import type { Provider } from '#/delivery/provider.ts';
import { Stop } from '#/delivery/stop.ts';
import type { Print } from './command.ts';

/**
 * Runs a piece of work that signals can interrupt. The work calls the world by the ports it is
 * given: from the first signal on, any write by them throws a Stop with the code `interrupted`, and
 * waiting ends early. Reads go on, so that the work can still find out how things stand.
 * @param next - the command to go on with, as typed: `send 017`
 */
export async function interruptible<T>(
	next: string,
	print: Pick<Print, 'progress'>,
	work: (guard: Guard) => Promise<T>,
): Promise<T> {
	const asked = new AbortController();
	let firstMs = 0;
	const onSignal = (signal: NodeJS.Signals) => {
		if (!asked.signal.aborted) {
			firstMs = performance.now();
			asked.abort(signal);
			print.progress(`${signal}: the call in flight is finished, then this stops. Again: at once.`);
			return;
		}
		// One Ctrl-C arrives twice where npm stands in between and hands it on.
		if (performance.now() - firstMs < sameKeyMs) return;
		print.progress(
			`Left at once, in the middle of a call. How things stand: "npm run newsletter -- ${statusFor(next)}".`,
		);
		release();
		process.kill(process.pid, signal);
	};
	const release = () => {
		for (const signal of signals) process.off(signal, onSignal);
	};
	for (const signal of signals) process.on(signal, onSignal);
	try {
		return await work(guardBy(asked.signal, next));
	} finally {
		release();
	}
}

function guardBy(asked: AbortSignal, next: string): Guard {
	const check = () => {
		if (!asked.aborted) return;
		throw new Stop(
			'interrupted',
			`Stopped by ${String(asked.reason)}, before the next step.`,
			`To go on: "npm run newsletter -- ${next}".`,
		);
	};
	return {
		provider: (provider) => guardProvider(provider, check),
		ledger: (ledger) => ({
			...ledger,
			write: async (receipt) => {
				check();
				return ledger.write(receipt);
			},
		}),
		pause: (pause) => (reason) => untilAsked(pause(reason), asked),
		wait: (wait) => async (milliseconds) => {
			await untilAsked(wait(milliseconds), asked);
			check();
		},
		check,
	};
}

function guardProvider(provider: Provider, check: () => void): Provider {
	return new Proxy(provider, {
		get(target, key, receiver) {
			const value: unknown = Reflect.get(target, key, receiver);
			const isWrite = Object.hasOwn(calls, key) && calls[key as keyof typeof calls] === 'write';
			if (!isWrite || typeof value !== 'function') return value;
			return async (...given: unknown[]) => {
				check();
				const answer: unknown = await Reflect.apply(value, target, given);
				return answer;
			};
		},
	});
}

/** Resolves with the waiting, or as soon as a signal came. */
async function untilAsked(waiting: Promise<void>, asked: AbortSignal): Promise<void> {
	if (asked.aborted) return;
	const { promise, resolve } = Promise.withResolvers<void>();
	const onAbort = () => resolve();
	asked.addEventListener('abort', onAbort, { once: true });
	try {
		await Promise.race([waiting, promise]);
	} finally {
		asked.removeEventListener('abort', onAbort);
	}
}

function statusFor(next: string): string {
	const issue = /\b\d{3,4}(c\d)?\b/.exec(next)?.[0];
	return issue === undefined ? next : `status ${issue}`;
}

/** What each call of a provider does. A new one must say so here. */
const calls = {
	createBroadcast: 'write',
	listBroadcasts: 'read',
	getBroadcast: 'read',
	updateBroadcast: 'write',
	sendBroadcast: 'write',
	cancelBroadcast: 'write',
	removeBroadcast: 'write',
	listRecipients: 'read',
	getMetrics: 'read',
	listSegments: 'read',
	createSegment: 'write',
	listTopics: 'read',
	createTopic: 'write',
	listContacts: 'read',
	listProperties: 'read',
	createProperty: 'write',
	getUsage: 'read',
	listDomains: 'read',
	getDomain: 'read',
	listWebhooks: 'read',
	sendEmail: 'write',
} as const satisfies Record<Exclude<keyof Provider, 'host'>, 'read' | 'write'>;

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Two signals this close together are one key that was pressed. */
const sameKeyMs = 300;

/** Wraps the ports of a piece of work, each as far as it needs it. */
export interface Guard {
	provider(provider: Provider): Provider;
	ledger(ledger: Ledger): Ledger;
	/** Ends early after a signal, so that what follows can still be read. */
	pause(
		pause: (reason: 'settle' | 'read-back') => Promise<void>,
	): (reason: 'settle' | 'read-back') => Promise<void>;
	/** For long waits between reads: ends early after a signal, and stops there. */
	wait(wait: (milliseconds: number) => Promise<void>): (milliseconds: number) => Promise<void>;
	/** Stops here where a signal came. */
	check(): void;
}
