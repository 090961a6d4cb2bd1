import { expect, test } from 'vitest';
import { found } from '#/library/sample.ts';

test('refuses an end before the start', async () => {
	const good = { 'promo/winter': { ends: '2026-12-01' } };
	const bad = { 'promo/winter': { ends: '2026-11-30' } };
	expect(await found('promo/ends', good)).toEqual([]);
	expect(await found('promo/ends', bad)).toMatchInlineSnapshot(`
		[
		  "error promos/winter.yaml:4:1 ends: 2026-11-30 is before the start, 2026-12-01. Correct one of the two days.",
		]
	`);
});

test('refuses a briefing after the start', async () => {
	const good = { 'promo/winter': { briefed: { on: '2026-12-01', by: 'person/ada' } } };
	const bad = { 'promo/winter': { briefed: { on: '2026-12-02', by: 'person/ada' } } };
	expect(await found('promo/briefed', good)).toEqual([]);
	expect(await found('promo/briefed', bad)).toMatchInlineSnapshot(`
		[
		  "error promos/winter.yaml:11:3 briefed.on: 2026-12-02 is after the start, 2026-12-01: customers could know first. Move the start, or correct the day of the briefing.",
		]
	`);
});

test('refuses an unbriefed promo from two days before its start to its end', async () => {
	const good = {
		'promo/winter': { briefed: undefined, starts: '2026-11-27' },
		'promo/past': { briefed: undefined, starts: '2026-11-01', ends: '2026-11-23' },
	};
	const bad = {
		'promo/winter': { briefed: undefined, starts: '2026-11-26' },
		'promo/now': { briefed: undefined, starts: '2026-11-20', ends: '2026-11-24' },
		'promo/next': { briefed: undefined, starts: '2026-11-25' },
	};
	expect(await found('promo/unbriefed', good)).toEqual([]);
	expect(await found('promo/unbriefed', bad)).toMatchInlineSnapshot(`
		[
		  "error promos/next.yaml:1:1 briefed: missing, and the offer starts 2026-11-25 (in 1 day). Hold the briefing, then add briefed: {on, by}.",
		  "error promos/now.yaml:1:1 briefed: missing, and the offer started 2026-11-20. Hold the briefing, then add briefed: {on, by}.",
		  "error promos/winter.yaml:1:1 briefed: missing, and the offer starts 2026-11-26 (in 2 days). Hold the briefing, then add briefed: {on, by}.",
		]
	`);
});

test('follows the notice that the settings ask for', async () => {
	const good = { 'promo/winter': { briefed: undefined, starts: '2026-11-30' } };
	const bad = { 'promo/winter': { briefed: undefined, starts: '2026-11-29' } };
	expect(await found('promo/unbriefed', good, { settings: { promoNoticeDays: 5 } })).toEqual([]);
	expect(await found('promo/unbriefed', bad, { settings: { promoNoticeDays: 5 } }))
		.toMatchInlineSnapshot(`
		[
		  "error promos/winter.yaml:1:1 briefed: missing, and the offer starts 2026-11-29 (in 5 days). Hold the briefing, then add briefed: {on, by}.",
		]
	`);
});
