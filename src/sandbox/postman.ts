import { createHmac } from 'node:crypto';
import type { Notice, Webhook } from './state.ts';
import type { World } from './world.ts';

/** Delivers webhook events over HTTP, signed as Svix signs them. */
export interface Postman {
	/** Attempts everything that is due. Resolves when nothing due is left. */
	deliverDue(): Promise<void>;
	/** When the next attempt is due, in milliseconds since 1970. */
	nextAttempt(): number | null;
}

/** Starts a postman for one sandbox; calls while he is on his way share that round. */
export function createPostman(world: World, signal: AbortSignal): Postman {
	let round: Promise<void> | null = null;

	async function deliverAll(): Promise<void> {
		for (;;) {
			const due = dueNotices(world);
			if (due.length === 0 || signal.aborted) return;
			for (const notice of world.knobs.webhookDisorder ? due.toReversed() : due) {
				await attempt(notice, world, signal);
			}
		}
	}

	return {
		deliverDue() {
			round ??= deliverAll().finally(() => {
				round = null;
			});
			return round;
		},
		nextAttempt() {
			const times = pending(world).map((notice) => notice.nextMs ?? 0);
			return times.length === 0 ? null : Math.min(...times);
		},
	};
}

// Documented: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h.
const RETRIES_MS = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000].map((seconds) => seconds * 1000);

function pending(world: World): Notice[] {
	return world.state.notices.filter((notice) => notice.nextMs !== null);
}

function dueNotices(world: World): Notice[] {
	const now = world.timeline.now();
	return pending(world)
		.filter((notice) => (notice.nextMs ?? 0) <= now)
		.toSorted((a, b) => (a.nextMs ?? 0) - (b.nextMs ?? 0));
}

async function attempt(notice: Notice, world: World, signal: AbortSignal): Promise<void> {
	const webhook = world.state.webhooks.get(notice.webhookId);
	if (webhook?.status !== 'enabled') {
		notice.nextMs = null;
		if (notice.status === 'pending') notice.status = 'failed';
		return;
	}
	const at = notice.nextMs ?? world.timeline.now();
	notice.nextMs = null;

	let result = { status: 0, response: 'The sandbox delivers to loopback endpoints only.' };
	const reachable = isLoopback(webhook.endpoint);
	const copies = reachable ? world.knobs.webhookCopies : 0;
	for (let copy = 0; copy < copies; copy += 1) result = await post(notice, webhook, signal);
	if (signal.aborted) return;
	notice.attempts.push({ id: world.mint.id(), ...result, at });

	if (result.status >= 200 && result.status < 300) {
		notice.status = 'success';
		return;
	}
	const delay = RETRIES_MS[notice.attempts.length - 1];
	if (reachable && delay !== undefined) {
		notice.nextMs = at + delay;
		return;
	}
	notice.status = 'failed';
	if (reachable) webhook.status = 'disabled';
}

async function post(notice: Notice, webhook: Webhook, signal: AbortSignal) {
	// Receivers compare the signed time with their own clock, which the sandbox cannot move.
	const timestamp = String(Math.floor(Date.now() / 1000));
	const id = `msg_${notice.id.replaceAll('-', '')}`;
	const signature = createHmac(
		'sha256',
		Buffer.from(webhook.secret.replace(/^whsec_/, ''), 'base64'),
	)
		.update(`${id}.${timestamp}.${notice.payload}`)
		.digest('base64');
	try {
		const response = await fetch(webhook.endpoint, {
			method: 'POST',
			redirect: 'manual',
			signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
			headers: {
				'content-type': 'application/json',
				'svix-id': id,
				'svix-timestamp': timestamp,
				'svix-signature': `v1,${signature}`,
			},
			body: notice.payload,
		});
		return { status: response.status, response: (await response.text()).slice(0, 1_000) };
	} catch (error) {
		return { status: 0, response: error instanceof Error ? error.message : String(error) };
	}
}

function isLoopback(endpoint: string): boolean {
	const { hostname } = new URL(endpoint);
	return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
