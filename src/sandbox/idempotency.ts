import { createHash } from 'node:crypto';
import { ApiError } from './api-error.ts';
import { canonical } from './canonical.ts';
import type { Answer } from './router.ts';
import { isPessimistic, type World } from './world.ts';

/** Operations that take an `Idempotency-Key`; others ignore the header. */
export const idempotentOps: readonly string[] = ['emails.send', 'batch.send'];

export interface Reservation {
	/** The answer to give again, or null where this request is the first. */
	replay: Answer | null;
	finish(answer: Answer): void;
	/** Forgets the key: the request had no effect. */
	release(): void;
}

/**
 * Reserves a key for one request. Keys live 24 hours by the sandbox clock. Throws 400 for a key of
 * the wrong length and 409 where it is in use or was used with another request.
 * @param apiKey only told apart from others where a pessimistic clause asks for it; never kept
 */
export function reserve(
	key: string,
	request: { op: string; body: unknown },
	apiKey: string,
	world: World,
): Reservation {
	if (key.length < 1 || key.length > 256) {
		throw new ApiError(
			400,
			'invalid_idempotency_key',
			'The idempotency key must be between 1-256 chars.',
		);
	}
	const records = world.state.idempotency;
	const owner = isPessimistic('C15', world) ? fingerprint(apiKey) : '';
	const name = `${owner}\n${key}`;
	const asked = `${request.op} ${fingerprint(canonical(request.body))}`;
	const now = world.timeline.now();

	const known = records.get(name);
	if (known !== undefined && now - known.at < DAY) {
		if (known.request !== asked) {
			throw new ApiError(
				409,
				'invalid_idempotent_request',
				'This idempotency key has been used on a different request. Use another key or the same request.',
			);
		}
		if (known.answer === null) {
			throw new ApiError(
				409,
				'concurrent_idempotent_requests',
				'Another request with the same idempotency key is in progress.',
			);
		}
		return { replay: { status: 200, body: known.answer }, finish() {}, release() {} };
	}

	const record = { request: asked, answer: null as unknown, at: now };
	records.set(name, record);
	return {
		replay: null,
		finish(answer) {
			record.answer = answer.body;
		},
		release() {
			if (records.get(name) === record) records.delete(name);
		},
	};
}

const DAY = 86_400_000;

function fingerprint(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
