import { expect, onTestFinished, test, vi } from 'vitest';
import { openPeople } from './resend-people.ts';

/** A clock that only waiting moves. */
function aPace() {
	const time = { ms: 0 };
	return {
		elapsed: () => time.ms,
		async wait(milliseconds: number) {
			time.ms += milliseconds;
		},
	};
}

/** Answers every call without a network, and notes when it began. */
function answering(pace: { elapsed(): number }, ...statuses: number[]) {
	const calls: { at: number; path: string }[] = [];
	const fetch = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
		calls.push({ at: pace.elapsed(), path: new URL(new Request(input).url).pathname });
		const status = statuses.shift() ?? 200;
		const name = status === 429 ? 'rate_limit_exceeded' : 'application_error';
		const body = status === 200 ? { id: 'x', data: [] } : { statusCode: status, name, message: '' };
		return Response.json(body, { status });
	});
	onTestFinished(() => fetch.mockRestore());
	return calls;
}

test('calls Resend twice a second at most', async () => {
	const pace = aPace();
	const calls = answering(pace);
	const people = openPeople({ key: 're_x' }, pace);
	await people.list(undefined, 'page');
	await people.suppress('ada@example.com');
	await people.segments('c/1');
	expect(calls).toEqual([
		{ at: 0, path: '/contacts' },
		{ at: 500, path: '/suppressions' },
		{ at: 1000, path: '/contacts/c%2F1/segments' },
	]);
});

test('asks again where a read was lost or came too fast, and never repeats a lost write', async () => {
	const pace = aPace();
	const calls = answering(pace, 500, 429, 200, 429, 200, 500);
	const people = openPeople({ key: 're_x' }, pace);
	expect(await people.listSuppressed()).toMatchObject({ kind: 'ok' });
	expect(calls).toHaveLength(3);
	expect(await people.remove('c1')).toMatchObject({ kind: 'ok' });
	expect(calls).toHaveLength(5);
	expect(await people.remove('c1')).toMatchObject({ kind: 'unknown' });
	expect(calls).toHaveLength(6);
});

test('gives its key to no stranger', () => {
	const account = { key: 're_x', baseUrl: 'https://mail.example.com' };
	expect(() => openPeople(account, aPace())).toThrow('neither');
});
