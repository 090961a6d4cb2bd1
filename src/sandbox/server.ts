/**
 * Tandem's built-in Resend: a stateful server on the loopback interface that the official SDK talks
 * to through `baseUrl`. It sends nothing to anyone and writes nothing to disk.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '#/user-error.ts';
import { answerApi, type WireReply, type WireRequest } from './api.ts';
import { type Clock, createClock, createTimeline, type SandboxClock } from './clock.ts';
import { control, type Controls } from './control.ts';
import { report } from './deliver.ts';
import { addDomain } from './domains.ts';
import { nextDue, runDue } from './due.ts';
import { type FailOptions, type Fault, type FaultName, planFault } from './fault.ts';
import { guard } from './guard.ts';
import type { Hooks } from './hooks.ts';
import { answerPage } from './inbox/inbox.ts';
import type { JournalEntry } from './journal.ts';
import { createKnobs, type Knobs } from './knobs.ts';
import { createMint } from './mint.ts';
import { createPostman } from './postman.ts';
import { isOperation } from './routes.ts';
import { createState, type EmailEvent, type Mail, type State } from './state.ts';
import type { KeyScope, World } from './world.ts';

/** A running sandbox. */
export interface Sandbox {
	/** `http://127.0.0.1:<port>`: the SDK's `baseUrl`, and the inbox in a browser. */
	url: string;
	port: number;
	clock: SandboxClock;
	/** The account itself. A test may read it, or arrange it before the first request. */
	state: State;
	/** May be changed at any time. */
	knobs: Knobs;
	/** The world, for functions of this folder such as `seedReaders`. */
	world: World;
	/** Lets the next matching requests fail. `op` is the SDK's name of the call, or `*` for any. */
	failNext(op: string, fault: FaultName | Fault, options?: FailOptions): void;
	/** Requests so far, oldest first; the last 5,000 are kept. */
	journal(): readonly JournalEntry[];
	/** Delivered copies, oldest first. */
	mails(): readonly Mail[];
	/** Plays a mailbox: the copy was opened, clicked, complained about, or bounced late. */
	report(mailId: string, event: EmailEvent, url?: string): void;
	/** Resolves when nothing is due and every webhook that is due has been attempted. */
	idle(): Promise<void>;
	/** Empties the account, the journal and the planned faults; clock and knobs stay. */
	reset(): void;
	close(): Promise<void>;
}

export interface SandboxOptions {
	/** 0 or absent takes a free port. */
	port?: number;
	/** The same seed gives the same ids in the same order of requests. */
	seed?: number;
	/** Where the sandbox clock starts; absent: the present. It ticks with `clock`. */
	now?: Date;
	/** What the sandbox clock ticks with; absent: real time. */
	clock?: Clock;
	knobs?: Partial<Knobs>;
	/** Verified sender domains; absent takes every domain as verified the first time it sends. */
	senders?: readonly string[];
	/** Keys and what they may do; absent takes every key with full access. */
	keys?: Readonly<Record<string, KeyScope>>;
	/** Public origin to local origin, for links in the inbox's HTML view only. */
	hosts?: Readonly<Record<string, string>>;
	/** Called at each request to the API. */
	hooks?: Hooks;
}

/** Starts a sandbox. Rejects with a `UserError` when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const world = createWorld(options);
	const stop = new AbortController();
	const postman = createPostman(world, stop.signal);
	let timer: NodeJS.Timeout | undefined;

	/** Runs what is due, sends the postman, and sets the alarm for what comes next. */
	function wake(): Promise<void> {
		runDue(world);
		const delivered = postman.deliverDue().then(arm);
		arm();
		return delivered;
	}

	function arm(): void {
		clearTimeout(timer);
		const times = [nextDue(world), postman.nextAttempt()].filter((at) => at !== null);
		if (times.length === 0 || stop.signal.aborted) return;
		const delay = Math.min(...times) - world.timeline.now();
		// A clock that stands still would otherwise ring without a pause.
		timer = setTimeout(() => void wake(), Math.min(Math.max(delay, 20), 2 ** 31 - 1));
		timer.unref();
	}

	async function idle(): Promise<void> {
		await wake();
		// An attempt may have set off new events while it was under way.
		const hasMore = () => (postman.nextAttempt() ?? Infinity) <= world.timeline.now();
		while (!stop.signal.aborted && hasMore()) await wake();
	}

	const clock = createClock(world.timeline, idle);
	const sandbox: Omit<Sandbox, 'url' | 'port' | 'close'> = {
		clock,
		state: world.state,
		knobs: world.knobs,
		world,
		failNext(op, fault, failOptions) {
			if (!isOperation(op)) throw new Error(`The API has no operation ${op}.`);
			planFault(world.faults, op, fault, failOptions);
		},
		journal: () => world.journal,
		mails: () => world.state.mails,
		report(mailId, event, url) {
			const mail = world.state.mails.find(({ id }) => id === mailId);
			if (mail === undefined) throw new Error(`There is no mail ${mailId}.`);
			report(mail.email, event, world, url);
			void wake();
		},
		idle,
		reset() {
			Object.assign(world.state, createState());
			world.journal.length = 0;
			world.faults.length = 0;
			world.mint.reset();
			world.lastMicros = 0;
			world.requests = 0;
			world.window = { second: 0, count: 0 };
			verifySenders(world);
			arm();
		},
	};
	const controls: Controls = {
		setClock: clock.set,
		advanceClock: clock.advance,
		failNext: sandbox.failNext,
		reset: sandbox.reset,
	};

	const server = createServer((request, response) => {
		void serve(request, response, world, controls).then(wake, (error: unknown) => {
			response.destroy();
			// A caller that left in the middle of its request is no bug. Anything else is one, and must
			// not look like an answer of Resend.
			if (!request.errored) throw error;
		});
	});
	const port = await listen(server, options.port ?? 0);
	world.origin = `http://127.0.0.1:${port}`;

	return {
		...sandbox,
		url: world.origin,
		port,
		async close() {
			stop.abort();
			clearTimeout(timer);
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
		},
	};
}

function createWorld(options: SandboxOptions): World {
	const world: World = {
		state: createState(),
		knobs: createKnobs(options.knobs),
		faults: [],
		journal: [],
		timeline: createTimeline(options.clock ?? { now: () => new Date() }, options.now),
		mint: createMint(options.seed ?? 1),
		origin: '',
		senders: options.senders ?? null,
		keys: options.keys ?? null,
		hosts: options.hosts ?? {},
		lastMicros: 0,
		window: { second: 0, count: 0 },
		hooks: options.hooks ?? {},
		requests: 0,
	};
	verifySenders(world);
	return world;
}

function verifySenders(world: World): void {
	for (const name of world.senders ?? []) addDomain(name, 'verified', world);
}

async function serve(
	incoming: IncomingMessage,
	response: ServerResponse,
	world: World,
	controls: Controls,
): Promise<void> {
	const request = await readRequest(incoming, response, world);
	if (request === null) {
		response.writeHead(413).end();
		return;
	}
	const { pathname } = request.url;
	const ours = /^\/(_sandbox|inbox|unsubscribe)(\/|$)/.test(pathname) || pathname === '/';
	if (!ours) {
		const answered = await answerApi(request, world);
		// The time of the answer: a hook may have held the request back.
		stampDate(response, world);
		write(response, answered);
		return;
	}
	stampDate(response, world);
	const page =
		guard(request, world) ??
		(pathname.startsWith('/_sandbox')
			? await control(request, world, controls)
			: await answerPage(request, world, controls));
	write(response, { kind: 'response', ...page }, request.method === 'HEAD');
}

function stampDate(response: ServerResponse, world: World): void {
	response.setHeader('date', new Date(world.timeline.now()).toUTCString());
}

function write(response: ServerResponse, reply: WireReply, headOnly = false): void {
	if (reply.kind === 'hang') return;
	if (reply.kind === 'drop') {
		response.destroy();
		return;
	}
	response.writeHead(reply.status, {
		...reply.headers,
		'content-length': Buffer.byteLength(reply.body),
	});
	response.end(headOnly ? undefined : reply.body);
}

// Resend takes 40 MB; an issue is below 100 KB.
const MAX_BODY = 10 * 1024 * 1024;

async function readRequest(
	incoming: IncomingMessage,
	response: ServerResponse,
	world: World,
): Promise<WireRequest | null> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of incoming) {
		size += chunk.length;
		if (size > MAX_BODY) return null;
		chunks.push(chunk);
	}
	const gone = new AbortController();
	response.once('close', () => gone.abort());
	const target = `${world.origin}${incoming.url?.replace(/^\/+/, '/') ?? '/'}`;
	return {
		method: incoming.method ?? 'GET',
		// A target such as `http://other/` or `*` is for proxies; no operation has such a path.
		url: new URL(URL.canParse(target) ? target : '/malformed', world.origin),
		headers: Object.fromEntries(
			Object.entries(incoming.headers).map(([name, value]) => [
				name,
				Array.isArray(value) ? value.join(', ') : value,
			]),
		),
		body: Buffer.concat(chunks).toString('utf8'),
		gone: gone.signal,
	};
}

function listen(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code !== 'EADDRINUSE') {
				reject(error);
				return;
			}
			reject(
				new UserError(
					`The sandbox cannot start: port ${port} is taken.`,
					`Stop the program that uses port ${port}, or start the sandbox on another port.`,
					{ cause: error },
				),
			);
		});
		server.listen(port, '127.0.0.1', () => {
			// A TCP server's address is an object, never a pipe's name.
			resolve((server.address() as AddressInfo).port);
		});
	});
}
