import { describe, expect, test } from 'vitest';
import { parseAddress } from '#/delivery/address.ts';
import type { Address } from '#/delivery/address.ts';
import { settingsSchema } from '#/settings.ts';
import { choicesOf } from './choices.ts';
import { openLimits } from './limits.ts';

const { limits: usual } = choicesOf({
	subscriptions: settingsSchema.shape.subscriptions.parse({}),
});
let ms = 0;
const now = () => new Date(ms);

function at(typed: string): Address {
	const address = parseAddress(typed);
	if (!address) throw new Error(`${typed} is no address.`);
	return address;
}

describe('limits', () => {
	test('let an hour of one client, one domain and everybody pass, and no more', () => {
		const limits = openLimits(usual, now);
		const take = (client: number, address: string) =>
			limits.take(`10.0.${client >> 8}.${client & 255}`, at(address), 'plain').kind;
		for (let n = 0; n < 60; n += 1) expect(take(n, `p${n}@firm.example`)).toBe('go');
		expect(take(60, 'p60@firm.example')).toBe('wait');
		for (let n = 61; n < 501; n += 1) expect(take(n, `p${n}@gmail.com`)).toBe('go');
		expect(take(501, 'late@gmail.com')).toBe('closed');
		ms += 3_600_000;
		expect(take(501, 'late@gmail.com')).toBe('go');
	});

	test('count an hour of one client beside its minutes', () => {
		const limits = openLimits(usual, now);
		let gone = 0;
		for (let minute = 0; minute < 10; minute += 1, ms += 60_000) {
			for (let n = 0; n < 9; n += 1) {
				if (limits.take('10.1.1.1', at(`m${minute}n${n}@gmail.com`), 'plain').kind === 'go')
					gone += 1;
			}
		}
		expect(gone).toBe(20);
	});

	test('stop at the day’s quota where the plan has one', () => {
		const limits = openLimits({ ...usual, perDay: 2 }, now);
		const kinds = [1, 2, 3].map((n) => limits.take(`10.2.0.${n}`, at(`q${n}@gmail.com`), 'plain'));
		expect(kinds).toEqual([{ kind: 'go' }, { kind: 'go' }, { kind: 'closed', seconds: 86_400 }]);
	});

	test('give those who solved a share of their own on top, and those who waited another', () => {
		const told: string[] = [];
		const choices = { ...usual, puzzle: 'busy' as const, perHour: 2, perHourSolved: 1 };
		const limits = openLimits({ ...choices, perHourWaited: 1 }, now, (cap) => told.push(cap));
		let n = 0;
		const take = (way: 'plain' | 'solved' | 'waited') =>
			limits.take(`10.4.0.${(n += 1)}`, at(`w${n}@gmail.com`), way).kind;
		expect([take('plain'), take('solved')]).toEqual(['go', 'go']);
		expect([take('plain'), take('plain'), take('solved'), take('solved')]).toEqual([
			'puzzle',
			'puzzle',
			'go',
			'closed',
		]);
		expect([take('waited'), take('waited'), take('plain')]).toEqual(['go', 'closed', 'puzzle']);
		expect(told).toEqual(['all', 'solved', 'waited']);
		ms += 3_600_000;
		expect(take('plain')).toBe('go');
	});

	test('ask everybody where the puzzle is always on, and count nothing but the client for it', () => {
		const choices = { ...usual, puzzle: 'always' as const, perHour: 1, perHourSolved: 1 };
		const limits = openLimits(choices, now);
		const take = (way: 'plain' | 'solved') => limits.take('10.5.0.1', at('x@gmail.com'), way).kind;
		expect([take('plain'), take('plain'), take('solved'), take('solved')]).toEqual([
			'puzzle',
			'puzzle',
			'go',
			'go',
		]);
		expect([take('solved'), take('plain')]).toEqual(['closed', 'wait']);
	});

	test('forget what has run out before they let nobody in', () => {
		const limits = openLimits({ ...usual, entries: 4 }, now);
		expect(limits.take('10.3.0.1', at('a@gmail.com'), 'plain').kind).toBe('go');
		expect(limits.take('10.3.0.2', at('b@gmail.com'), 'plain').kind).toBe('wait');
		ms += 3_600_001;
		expect(limits.take('10.3.0.3', at('c@gmail.com'), 'plain').kind).toBe('go');
	});
});
