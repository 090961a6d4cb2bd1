import type { AudienceIds } from '#/delivery/message.ts';
import { payloadOf } from '#/delivery/message.ts';
import type { SendJob } from '#/delivery/send.ts';

/**
 * A sender as it is often written: it looks whether the issue is there, and else creates it and has
 * it sent in one call. Trials that find nothing wrong with it would find nothing wrong with any.
 */
export async function sendNaively(
	url: string,
	{ message, planned }: SendJob,
	ids: AudienceIds,
	halt: () => Promise<void>,
): Promise<'done' | 'already'> {
	const name = `${message.site} ${message.issue}`;
	await halt();
	const { data } = await call<{ data: { name: string }[] }>(`${url}/broadcasts?limit=100`);
	if (data.some((broadcast) => broadcast.name === name)) return 'already';
	await halt();
	const { from, subject, html, text } = payloadOf(message, ids);
	const audience = { segment_id: ids.segmentId, topic_id: ids.topicId };
	const sending = { send: true, scheduled_at: planned.utc };
	const body = JSON.stringify({ name, from, subject, html, text, ...audience, ...sending });
	await call(`${url}/broadcasts`, { method: 'POST', body });
	return 'done';
}

/** What it asks, by the SDK's names. */
export const naiveOps = ['broadcasts.list', 'broadcasts.create'];

async function call<T>(url: string, init: RequestInit = {}): Promise<T> {
	const headers = { authorization: 'Bearer re_sandbox', 'content-type': 'application/json' };
	const response = await fetch(url, { ...init, headers });
	if (!response.ok) throw new Error(`The sandbox answered ${response.status}.`);
	// The sandbox's own answer.
	return (await response.json()) as T;
}
