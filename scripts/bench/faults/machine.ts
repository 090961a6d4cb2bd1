/**
 * The machine a sender runs on, one process at a time: its clock, its ledger, its calls to the
 * provider. Mishaps of the plan happen here, at the call they were planned for.
 */
import type { Ledger, LedgerReading } from '#/delivery/ledger.ts';
import type { AudienceIds } from '#/delivery/message.ts';
import type { Site } from '#/delivery/site.ts';
import type { StopKind } from '#/delivery/stop.ts';
import { faults } from '#/sandbox/fault.ts';
import type { Fault } from '#/sandbox/fault.ts';
import type { SeenRequest } from '#/sandbox/hooks.ts';
import type { Actor } from './clockwork.ts';
import type { Mishap, PlannedEvent } from './plan.ts';

/**
 * Starts a process.
 * @param events - what is planned for it; used up as it happens
 */
export function startProcess(options: ProcessOptions): Process {
	const { actor, events, latency, world } = options;
	let isDead = false;
	let skewMs = 0;
	let end = () => {};
	const died = new Promise<void>((resolve) => {
		end = resolve;
	});
	const after = new Map<number, Mishap>();

	const sleep = (ms: number) => actor.sleep(ms, () => isDead);

	function die(): void {
		isDead = true;
		end();
	}

	/** Waits its turn, and says what is to go wrong now. */
	async function turn(op: string): Promise<Mishap | undefined> {
		await sleep(latency());
		const mishap = take(events, op);
		if (!mishap) return undefined;
		world.count(hitName(mishap, op));
		switch (mishap.kind) {
			case 'jump':
				await world.jump(mishap.ms);
				return undefined;
			case 'skew':
				skewMs += mishap.ms;
				return undefined;
			case 'nap':
				if (mishap.when === 'after') return mishap;
				await sleep(mishap.ms);
				return undefined;
			case 'crash':
			case 'crash-late':
			case 'late':
			case 'fault':
				return mishap;
		}
	}

	async function onRequest(seen: SeenRequest): Promise<Fault | undefined> {
		if (isDead) return faults['before-commit'];
		const mishap = await turn(seen.op ?? 'none');
		if (!mishap) return undefined;
		if (mishap.kind === 'fault' && seen.after !== null) world.count('a later page fails');
		if (seen.op === 'broadcasts.send' && (mishap.kind === 'late' || mishap.kind === 'crash-late')) {
			world.willSend(world.providerNow() + mishap.ms);
		}
		const fault = faultOf(mishap);
		after.set(seen.number, mishap);
		return fault;
	}

	async function onReply(seen: SeenRequest): Promise<void> {
		const mishap = after.get(seen.number);
		if (mishap?.kind === 'crash' || mishap?.kind === 'crash-late') die();
		if (mishap?.kind === 'nap') await sleep(mishap.ms);
		// The caller gives up after 15 seconds.
		if (mishap?.kind === 'fault' && faults[mishap.name].reply === 'hang') await sleep(15_000);
	}

	/** A step on this side of the wire. */
	async function step<T>(op: string, work: () => Promise<T>, failed: () => T): Promise<T> {
		if (isDead) return never();
		const mishap = await turn(op);
		const isBefore = mishap?.kind === 'crash' && mishap.when === 'before';
		const fault = mishap?.kind === 'fault' ? faults[mishap.name] : undefined;
		const result = isBefore || fault?.effect === 'none' ? failed() : await work();
		if (mishap?.kind === 'nap') await sleep(mishap.ms);
		if (mishap?.kind === 'crash' || mishap?.kind === 'crash-late') {
			die();
			return never();
		}
		return fault ? failed() : result;
	}

	const { ledger } = options;
	const broken = (): Extract<LedgerReading, { kind: 'failed' }> => ({
		kind: 'failed',
		file: 'ledger',
		reason: 'the disk is full',
	});
	const machine: Machine = {
		url: options.url,
		key: options.key,
		text: options.text,
		attempt: options.attempt,
		ledger: {
			read: (...args) => step('ledger.read', () => ledger.read(...args), broken),
			write: (...args) => step('ledger.write', () => ledger.write(...args), broken),
			list: () =>
				step(
					'ledger.list',
					() => ledger.list(),
					() => [broken()],
				),
		},
		site: (site) => ({
			...site,
			read: (url) =>
				step(
					'site.read',
					() => site.read(url),
					() => ({ kind: 'failed', reason: 'is down' }),
				),
		}),
		audience: options.audience,
		notes: options.notes,
		elapsed: world.now,
		wait: sleep,
		pause: (ms) =>
			step(
				'pause',
				() => sleep(ms),
				() => undefined,
			),
		clock: () => new Date(world.localNow() + skewMs),
	};
	return { machine, died, onRequest, onReply };
}

/** A promise that never resolves: what a dead process waits for. */
function never<T>(): Promise<T> {
	return new Promise(() => {});
}

/** True for a step that is no call to the provider. */
function isLocal(op: string): boolean {
	return /^(ledger|site)\.|^pause$/.test(op);
}

/** Takes the first event that waits for this call, and uses it up. */
function take(events: PlannedEvent[], op: string): Mishap | undefined {
	for (const [index, event] of events.entries()) {
		const isHttp = !isLocal(op);
		if (event.op !== op && !(event.op === '*' && isHttp)) continue;
		if (event.skip > 0) {
			event.skip -= 1;
			continue;
		}
		event.times -= 1;
		if (event.times <= 0) events.splice(index, 1);
		return event.what;
	}
	return undefined;
}

function faultOf(mishap: Mishap): Fault | undefined {
	switch (mishap.kind) {
		case 'fault': {
			const fault: Fault = faults[mishap.name];
			// A hanging call ends when its caller gives up, which `onReply` waits for.
			return fault.reply === 'hang' ? { ...fault, reply: 'drop' } : fault;
		}
		case 'crash':
			return faults[mishap.when === 'before' ? 'before-commit' : 'after-commit'];
		case 'late':
		case 'crash-late':
			return { effect: 'late', reply: 'drop', lateMs: mishap.ms };
		case 'nap':
		case 'jump':
		case 'skew':
			return undefined;
	}
}

/** What a mishap is called in the table of hits. */
function hitName(mishap: Mishap, op: string): string {
	if (isLocal(op)) return `${op.split('.')[0]}: ${mishap.kind}`;
	switch (mishap.kind) {
		case 'fault':
			return `fault ${mishap.name}`;
		case 'crash':
			return `crash ${mishap.when} the effect`;
		case 'late':
			return 'executed late';
		case 'crash-late':
			return 'crash, executed late';
		case 'nap':
			return mishap.ms >= 1_800_000 ? 'paused for hours' : 'paused';
		case 'jump':
			return `provider's clock ${mishap.ms < 0 ? 'back' : 'ahead'}`;
		case 'skew':
			return "runner's clock moved";
	}
}

/** A sender: the real one, or one of those that must fail. */
export interface Sender {
	name: string;
	run(machine: Machine): Promise<End>;
	/** True where the commands around it, hold and reconcile, are played too. */
	hasReconcile: boolean;
}

/** How one run ended. */
export type End = { kind: 'done' } | { kind: 'stopped'; code: string; reason: StopKind };

/** Which text of the issue a run was compiled from. */
export type Version = 'old' | 'last' | 'edited';

/** What a sender gets. */
export interface Machine {
	/** Where the provider answers. */
	url: string;
	key: string;
	text: Version;
	/** As it is typed; undefined goes on with the one that stands. */
	attempt: number | undefined;
	audience: AudienceIds;
	ledger: Ledger;
	/** What naive senders note down; it outlives their processes. */
	notes: Set<string>;
	/** The public site as this machine reaches it. */
	site(site: Site): Site;
	/** Simulated milliseconds; they only run forward. */
	elapsed(): number;
	wait(ms: number): Promise<void>;
	pause(ms: number): Promise<void>;
	/** The machine's own clock, which may be wrong. */
	clock(): Date;
}

export interface Process {
	machine: Machine;
	/** Resolves when the process is killed. */
	died: Promise<void>;
	onRequest(seen: SeenRequest): Promise<Fault | undefined>;
	onReply(seen: SeenRequest): Promise<void>;
}

export interface ProcessOptions {
	actor: Actor;
	url: string;
	key: string;
	text: Version;
	attempt: number | undefined;
	audience: AudienceIds;
	ledger: Ledger;
	notes: Set<string>;
	events: PlannedEvent[];
	/** Milliseconds the next step takes. */
	latency(): number;
	world: Surroundings;
}

/** What all processes of a trial share. */
export interface Surroundings {
	/** Simulated milliseconds since the start. */
	now(): number;
	/** The provider's clock, in milliseconds since 1970. */
	providerNow(): number;
	/** The clock of every machine that is right, in milliseconds since 1970. */
	localNow(): number;
	/** Moves the provider's clock alone. */
	jump(ms: number): Promise<void>;
	/** Notes that something of the plan happened. */
	count(what: string): void;
	/** Notes that a reservation will be executed, by the provider's clock, long after it was asked for. */
	willSend(at: number): void;
}
