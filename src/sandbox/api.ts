import { setTimeout as wait } from 'node:timers/promises';
import { ApiError, envelope } from './api-error.ts';
import { runDue } from './due.ts';
import { type Fault, type FaultName, faults, takeFault } from './fault.ts';
import type { SeenRequest } from './hooks.ts';
import { idempotentOps, reserve, type Reservation } from './idempotency.ts';
import { record } from './journal.ts';
import { countRequest, rateHeaders } from './rate.ts';
import { type Answer, type Call, findRoute, type Route } from './router.ts';
import { routes } from './routes.ts';
import { transactional } from './usage.ts';
import type { World } from './world.ts';

/** A request as it came off the wire. */
export interface WireRequest {
	method: string;
	url: URL;
	headers: Record<string, string | undefined>;
	body: string;
	/** Fires when the caller has gone. */
	gone: AbortSignal;
}

/** What goes back: a response, a broken connection, or silence. */
export type WireReply =
	| { kind: 'response'; status: number; headers: Record<string, string>; body: string }
	| { kind: 'drop' }
	| { kind: 'hang' };

/** Answers one API request, with the hooks around it. */
export async function answerApi(request: WireRequest, world: World): Promise<WireReply> {
	const seen = see(request, world);
	const chosen = await world.hooks.onRequest?.(seen);
	const reply = await answer(request, chosen, world);
	await world.hooks.onReply?.(seen, reply.kind === 'response' ? reply.status : null);
	return reply;
}

/** Journal, key, rate limit, fault, idempotency, then the operation. */
async function answer(
	request: WireRequest,
	chosen: Fault | FaultName | undefined,
	world: World,
): Promise<WireReply> {
	runDue(world);
	const path = `${request.url.pathname}${request.url.search}`;
	const parsed = parseJson(request.body);
	const entry = record(world.journal, {
		time: new Date(world.timeline.now()).toISOString(),
		method: request.method,
		path,
		op: null,
		idempotencyKey: request.headers['idempotency-key'] ?? null,
		body: parsed.value ?? null,
	});
	countRequest(world);

	let reply: WireReply;
	try {
		const { route, params } = findRoute(routes, request.method, request.url.pathname);
		entry.op = route.op;
		authorize(request.headers.authorization, route.op, world);
		refuseOverRate(world);
		const planned = chosen === undefined ? takeFault(world.faults, route.op) : named(chosen);
		entry.fault = planned?.name ?? null;
		if (parsed.broken) throw new ApiError(400, 'validation_error', 'The body is not valid JSON.');
		const call = {
			method: request.method,
			params,
			query: request.url.searchParams,
			body: parsed.value,
		};
		reply = await execute(route, call, planned?.fault, request, world);
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		reply = response({ status: error.status, body: envelope(error) }, error.headers, world);
	}
	entry.status = reply.kind === 'response' ? reply.status : null;
	return reply;
}

function see(request: WireRequest, world: World): SeenRequest {
	world.requests += 1;
	let op: string | null = null;
	try {
		op = findRoute(routes, request.method, request.url.pathname).route.op;
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
	}
	return {
		number: world.requests,
		op,
		key: keyOf(request.headers.authorization),
		after: request.url.searchParams.get('after'),
	};
}

function named(chosen: Fault | FaultName): { name: string; fault: Fault } {
	return typeof chosen === 'string'
		? { name: chosen, fault: faults[chosen] }
		: { name: 'custom', fault: chosen };
}

async function execute(
	route: Route,
	call: Call,
	fault: Fault | undefined,
	request: WireRequest,
	world: World,
): Promise<WireReply> {
	const reservation = reserveKey(route, call, request, world);
	if (world.knobs.latencyMs > 0) await wait(world.knobs.latencyMs);
	runDue(world);

	let answer: Answer = { status: 200, body: null };
	if (reservation?.replay) {
		answer = reservation.replay;
	} else if (fault === undefined || fault.effect === 'commit') {
		answer = commit(route, call, reservation, world);
	} else if (fault.effect === 'late') {
		reservation?.release();
		world.state.late.push({
			at: world.timeline.now() + (fault.lateMs ?? 0),
			run: () => commitLate(route, call, request, world),
		});
	}
	if (fault?.effect === 'none') releaseAfter(fault, reservation, request.gone);
	runDue(world);
	return fault === undefined ? response(answer, {}, world) : broken(fault, answer, world);
}

function commit(route: Route, call: Call, reservation: Reservation | null, world: World): Answer {
	try {
		const answer = route.run(call, world);
		reservation?.finish(answer);
		return answer;
	} catch (error) {
		reservation?.release();
		throw error;
	}
}

/** A request that takes effect after its caller gave up: nobody reads a refusal. */
function commitLate(route: Route, call: Call, request: WireRequest, world: World): void {
	try {
		const reservation = reserveKey(route, call, request, world);
		if (!reservation?.replay) commit(route, call, reservation, world);
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
	}
}

function reserveKey(route: Route, call: Call, request: WireRequest, world: World) {
	const key = request.headers['idempotency-key'];
	if (key === undefined || !idempotentOps.includes(route.op)) return null;
	const apiKey = request.headers.authorization ?? '';
	return reserve(key, { op: route.op, body: call.body }, apiKey, world);
}

/** A request that hangs holds its key until the caller has gone; any other gives it back at once. */
function releaseAfter(fault: Fault, reservation: Reservation | null, gone: AbortSignal): void {
	if (reservation === null || reservation.replay) return;
	if (fault.reply !== 'hang' || gone.aborted) reservation.release();
	else gone.addEventListener('abort', () => reservation.release(), { once: true });
}

function authorize(header: string | undefined, op: string, world: World): void {
	const key = keyOf(header);
	if (key === undefined) {
		throw new ApiError(401, 'missing_api_key', 'Missing API Key in the authorization header.');
	}
	if (world.keys === null) return;
	const scope = Object.hasOwn(world.keys, key) ? world.keys[key] : undefined;
	if (scope === undefined) throw new ApiError(403, 'invalid_api_key', 'API key is invalid.');
	if (scope === 'sending' && !idempotentOps.includes(op)) {
		throw new ApiError(
			401,
			'restricted_api_key',
			'This API key is restricted to only send emails.',
		);
	}
}

function keyOf(header: string | undefined): string | undefined {
	return /^Bearer (\S+)$/.exec(header ?? '')?.[1];
}

function refuseOverRate(world: World): void {
	const { rateLimit } = world.knobs;
	if (rateLimit === null || world.window.count <= rateLimit) return;
	throw new ApiError(
		429,
		'rate_limit_exceeded',
		`Too many requests. You can only make ${rateLimit} requests per second.`,
		{ 'retry-after': '1' },
	);
}

function broken(fault: Fault, answer: Answer, world: World): WireReply {
	const status = fault.status ?? answer.status;
	const message = fault.message ?? 'The sandbox was asked to fail this request.';
	switch (fault.reply) {
		case 'drop':
			return { kind: 'drop' };
		case 'hang':
			return { kind: 'hang' };
		case 'empty':
			return { ...response(answer, {}, world), body: '' };
		case 'truncated': {
			const whole = response(answer, {}, world);
			return { ...whole, body: whole.body.slice(0, Math.floor(whole.body.length / 2)) };
		}
		case 'html':
			return {
				kind: 'response',
				status,
				headers: { 'content-type': 'text/html; charset=utf-8', ...fault.headers },
				body: '<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>',
			};
		case 'bare':
			return response({ status, body: { message } }, fault.headers ?? {}, world);
		case 'error': {
			const error = new ApiError(status, fault.code ?? 'application_error', message);
			return response({ status, body: envelope(error) }, fault.headers ?? {}, world);
		}
		default:
			return fault.reply satisfies never;
	}
}

function response(answer: Answer, extra: Record<string, string>, world: World) {
	const used = transactional(world);
	return {
		kind: 'response' as const,
		status: answer.status,
		headers: {
			'content-type': 'application/json; charset=utf-8',
			...rateHeaders(world),
			'x-resend-monthly-quota': String(used.monthly),
			...(world.knobs.quota.daily !== null && { 'x-resend-daily-quota': String(used.daily) }),
			...extra,
		},
		body: JSON.stringify(answer.body),
	};
}

function parseJson(text: string): { value: unknown; broken: boolean } {
	if (text === '') return { value: undefined, broken: false };
	try {
		return { value: JSON.parse(text), broken: false };
	} catch {
		return { value: undefined, broken: true };
	}
}
