/**
 * Plays one plan: the runs people and CI start, a hold, the runs cron adds until the issue is
 * scheduled or stops for good, the reconcile job, a person where it stopped, and the days after.
 */
import { join } from 'node:path';
import { fileLedger } from '#/delivery/ledger.ts';
import type { Ledger } from '#/delivery/ledger.ts';
import type { AudienceIds } from '#/delivery/message.ts';
import type { Receipt } from '#/delivery/receipt.ts';
import { clockwork } from './clockwork.ts';
import type { Actor, Clockwork } from './clockwork.ts';
import { startProcess } from './machine.ts';
import type { End, Process, Sender, Surroundings, Version } from './machine.ts';
import { memoryLedger } from './memory-ledger.ts';
import type { Kept } from './memory-ledger.ts';
import type { Plan, PlannedEvent } from './plan.ts';
import { hold, planned, receiptBefore, reconcile, stem } from './sender.ts';
import { clearWeather, setStage } from './stage.ts';
import type { Account, Stage } from './stage.ts';

/** Plays a plan with a sender. Throws what the sender throws, or where it hangs. */
export async function playTrial(plan: Plan, sender: Sender, stage: Stage): Promise<Trial> {
	const { sandbox } = stage;
	stage.trials += 1;
	const account = await setStage(stage, plan);
	const { reached: readers } = account;
	const play = new Map<string, Process>();
	const works = clockwork((ms) => sandbox.clock.advance(ms));
	const trial: Trial = {
		plan,
		readers,
		ids: account.ids,
		hits: new Map(),
		lateSends: [],
		runs: [],
		hold: undefined,
		receipts: [],
		copies: [],
	};
	const world: Surroundings = {
		now: works.now,
		providerNow: () => sandbox.clock.now().getTime(),
		localNow: () => scene.clockStart + works.now(),
		jump: (ms) => sandbox.clock.advance(ms),
		willSend: (at) => void trial.lateSends.push(at),
		count: (what) => trial.hits.set(what, (trial.hits.get(what) ?? 0) + 1),
	};
	const scene: Scene = {
		plan,
		sender,
		stage,
		trial,
		works,
		world,
		play,
		account,
		clockStart: sandbox.clock.now().getTime(),
		ledger: await ledgerOf(plan, stage, account),
		latency: cycle(plan.latencies),
		notes: new Set(),
		isClear: false,
	};
	setHooks(scene);
	spawnAll(scene);
	await works.run();

	await passTime(scene);
	works.spawn('the day after', async (actor) => {
		await run(scene, actor, 'the day after', { events: [] });
	});
	await works.run();
	await passTime(scene);
	stage.hooks.onRequest = undefined;
	stage.hooks.onReply = undefined;
	for (const reading of await scene.ledger.list()) {
		if (reading.kind === 'receipt') trial.receipts.push(reading.receipt);
	}
	for (const { to, at, email } of sandbox.mails()) {
		const broadcast = email.broadcastId ?? 'none';
		trial.copies.push({ to, at, broadcast, subject: email.subject });
	}
	return trial;
}

/** Beyond the last time anything was planned for or is still on its way. */
async function passTime({ stage: { sandbox } }: Scene): Promise<void> {
	const from = Math.max(sandbox.clock.now().getTime(), Date.parse(planned.utc));
	await sandbox.clock.set(new Date(from + 30 * hour));
}

function spawnAll(scene: Scene): void {
	const { plan, works } = scene;
	for (const runner of [0, 1, 2]) {
		const runs = plan.runs.filter((one) => one.runner === runner);
		if (runs.length === 0) continue;
		works.spawn(`runner ${runner}`, async (actor) => {
			for (const { afterMs, events, hasOldText } of runs) {
				await actor.sleep(afterMs);
				const text = hasOldText ? 'old' : 'last';
				// Events are used up as they happen, and the plan is to be played again.
				await run(scene, actor, 'planned', { events: structuredClone(events), text });
			}
		});
	}
	works.spawn('weather', async (actor) => {
		await actor.sleep(plan.weatherMinutes * minute);
		clearWeather(scene.stage.sandbox);
	});
	const { quotaFromMs } = plan;
	if (quotaFromMs !== null) {
		works.spawn('contacts', async (actor) => {
			await actor.sleep(quotaFromMs);
			scene.stage.sandbox.knobs.quota.contacts = 5;
		});
	}
	works.spawn('cron', (actor) => cron(scene, actor));
	if (plan.hold) {
		const { hold: planHold } = plan;
		works.spawn('operator', (actor) => operate(scene, actor, planHold));
	}
}

/** Starts the sender every ten minutes until it is done or stops for good; then people look. */
async function cron(scene: Scene, actor: Actor): Promise<void> {
	const { plan } = scene;
	const events = structuredClone(plan.later);
	await actor.sleep(3 * minute);
	let end: RunEnd | undefined;
	for (let again = 0; again < 12; again++) {
		end = await run(scene, actor, 'cron', { events });
		if (end.kind === 'done') break;
		if (end.kind === 'stopped' && end.reason !== 'temporary' && end.reason !== 'unclear') break;
		await actor.sleep(10 * minute);
	}
	await actor.sleep(5 * minute);
	if (scene.sender.hasReconcile) await runReconcile(scene, actor);
	if (end?.kind === 'done') return;

	// A person reads what it stopped for, and puts that right.
	await actor.sleep(20 * minute);
	putRight(scene);
	for (let again = 0; again < 3; again++) {
		end = await run(scene, actor, 'person', { events: [] });
		if (end.kind === 'done') break;
		await actor.sleep(5 * minute);
	}
	if (scene.sender.hasReconcile) await runReconcile(scene, actor);
}

/** A person who holds the issue, and perhaps sends it after all. */
async function operate(
	scene: Scene,
	actor: Actor,
	{ afterMs, isDelete, resumesAfterMs }: NonNullable<Plan['hold']>,
): Promise<void> {
	if (!scene.sender.hasReconcile) return;
	await actor.sleep(afterMs);
	const { machine, process } = open(scene, actor, { events: [] });
	const outcome = await Promise.race([hold(machine, isDelete), process.died]);
	if (!outcome) return;
	scene.world.count('hold');
	const at = scene.world.providerNow();
	if (outcome.kind === 'stopped') {
		scene.trial.hold = { code: outcome.code, at, isDelete, broadcasts: [] };
		return;
	}
	const broadcasts = outcome.broadcasts.map(({ id }) => id);
	scene.trial.hold = { code: 'held', at, isDelete, broadcasts };
	if (resumesAfterMs === null) return;
	await actor.sleep(resumesAfterMs);
	for (let again = 0; again < 4; again++) {
		const end = await run(scene, actor, 'resumed', { events: [], text: 'edited', attempt: 2 });
		if (end.kind === 'done') return;
		putRight(scene);
		await actor.sleep(5 * minute);
	}
}

/** What a person can do about the plan of an account, about clocks, and about the weather: wait. */
function putRight(scene: Scene): void {
	const { sandbox } = scene.stage;
	scene.isClear = true;
	scene.clockStart = scene.world.providerNow() - scene.works.now();
	clearWeather(sandbox);
	sandbox.knobs.quota.contacts = 5000;
}

async function runReconcile(scene: Scene, actor: Actor): Promise<void> {
	const { machine } = open(scene, actor, { events: [] });
	for (let again = 0; again < 3; again++) {
		const outcome = await reconcile(machine);
		scene.world.count('reconcile');
		if (outcome.kind !== 'stopped') return;
		scene.trial.runs.push({ by: 'reconcile', at: scene.world.providerNow(), end: outcome });
		if (outcome.reason !== 'temporary' && outcome.reason !== 'unclear') return;
		await actor.sleep(minute);
	}
}

/** One run of the sender, in a process of its own. */
async function run(scene: Scene, actor: Actor, by: By, given: Given): Promise<RunEnd> {
	const { machine, process } = open(scene, actor, given);
	const end = await Promise.race([
		scene.sender.run(machine),
		process.died.then((): RunEnd => ({ kind: 'crashed' })),
	]);
	scene.trial.runs.push({ by, at: scene.world.providerNow(), end });
	return end;
}

function open(scene: Scene, actor: Actor, { events, text = 'last', attempt }: Given) {
	const key = `re_${scene.stage.trials}_${scene.play.size}`;
	const process = startProcess({
		actor,
		url: scene.stage.sandbox.url,
		key,
		text,
		attempt,
		audience: scene.account.ids,
		ledger: scene.ledger,
		notes: scene.notes,
		events,
		latency: scene.latency,
		world: scene.world,
	});
	scene.play.set(key, process);
	return { machine: process.machine, process };
}

function setHooks(scene: Scene): void {
	const { plan, play, stage, world } = scene;
	const isOut = () => {
		const { outage } = plan;
		if (!outage || scene.isClear) return false;
		return world.now() >= outage.fromMs && world.now() < outage.fromMs + outage.ms;
	};
	stage.hooks.onRequest = async (seen) => {
		const process = play.get(seen.key ?? '');
		// A process of an earlier trial: whatever it still asks for does not reach this one.
		if (!process) return 'before-commit';
		const fault = await process.onRequest(seen);
		if (fault) return fault;
		countWeather(scene, seen.op ?? '');
		if (!plan.outage || !isOut()) return undefined;
		world.count('outage');
		return plan.outage.name;
	};
	stage.hooks.onReply = async (seen, status) => {
		if (status === 403 && stage.sandbox.knobs.quota.contacts === 5) world.count('contacts quota');
		if (status === 429 && stage.sandbox.knobs.rateLimit !== null) world.count('rate limit');
		await play.get(seen.key ?? '')?.onReply(seen);
	};
}

function countWeather({ stage: { sandbox }, world, plan }: Scene, op: string): void {
	if (!op.endsWith('.list')) return;
	if (sandbox.knobs.listLagMs > 0) world.count('stale list');
	if (sandbox.knobs.listDropsNewest > 0) world.count('list without the newest');
	if (op === 'broadcasts.list' && plan.others > 96) world.count('over 100 broadcasts');
}

async function ledgerOf(plan: Plan, stage: Stage, { before, ids }: Account): Promise<Ledger> {
	const texts = new Map<string, Kept>();
	const folder = join(stage.folder, String(stage.trials));
	const open = (name: string) =>
		plan.ledger === 'memory' ? memoryLedger(name, texts) : fileLedger(folder, name);
	await open('016-before').write(receiptBefore(before, ids));
	return open(stem);
}

function cycle(values: readonly number[]): () => number {
	let index = 0;
	return () => values[index++ % values.length] ?? 0;
}

const minute = 60_000;
const hour = 60 * minute;

/** What was played, and what came of it. */
export interface Trial {
	plan: Plan;
	/** Addresses that are to have the issue. */
	readers: string[];
	ids: AudienceIds;
	/** How often each thing of the plan happened. */
	hits: Map<string, number>;
	/** When reservations were executed late, by the provider's clock. */
	lateSends: number[];
	runs: { by: By; at: number; end: RunEnd }[];
	/** What became of the hold. */
	hold: { code: string; at: number; isDelete: boolean; broadcasts: string[] } | undefined;
	/** Every receipt, the one of the issue before among them. */
	receipts: Receipt[];
	copies: { to: string; at: number; broadcast: string; subject: string }[];
}

type By = 'planned' | 'cron' | 'person' | 'resumed' | 'the day after' | 'reconcile';

type RunEnd = End | { kind: 'crashed' };

interface Given {
	events: PlannedEvent[];
	text?: Version;
	attempt?: number;
}

interface Scene {
	plan: Plan;
	sender: Sender;
	stage: Stage;
	trial: Trial;
	works: Clockwork;
	world: Surroundings;
	/** Every process of the trial, by its key. */
	play: Map<string, Process>;
	account: Account;
	/** What a clock that is right said at the start, in milliseconds since 1970. */
	clockStart: number;
	ledger: Ledger;
	notes: Set<string>;
	latency: () => number;
	/** True once a person has put right what could be put right. */
	isClear: boolean;
}
