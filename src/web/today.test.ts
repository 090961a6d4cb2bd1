import { expect, test } from 'vitest';
import { openLibrary } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import type { Entry } from '#/library/entry.ts';
import type { Settings } from '#/settings.ts';
import { currentPromos, issuesAround, todayInWords } from './today.ts';

test('says what goes out and what customers see', () => {
	expect(todayInWords(aDay('2026-11-24'))).toBe(
		'Letter “Five” is due out today at 09:00. Customers see one offer; one more to come.',
	);
	expect(todayInWords(aDay('2026-11-23'))).toContain('is due out tomorrow at 09:00.');
	expect(todayInWords(aDay('2026-11-20'))).toContain('is due out on 24 November 2026.');
	expect(todayInWords(aDay('2026-12-24'))).toBe(
		'No issue of Letter is planned. Customers see no offer.',
	);
});

test('counts an issue of today as the next one', () => {
	const { next, last } = issuesAround(aDay('2026-11-24'));
	expect([next?.data.number, last?.data.number]).toEqual([5, 4]);
});

test('leaves ended offers out and puts the earliest first', () => {
	const titles = (day: string) => currentPromos(aDay(day)).map(({ data }) => data.title);
	expect(titles('2026-11-24')).toEqual(['Live', 'Coming']);
	expect(titles('2026-12-01')).toEqual(['Coming']);
});

function aDay(today: string): Library {
	const entries = [
		issue(4, 'Four', '2026-11-17'),
		issue(5, 'Five', '2026-11-24'),
		promo('Coming', '2026-12-01', '2026-12-20'),
		promo('Live', '2026-11-16', '2026-11-29'),
	];
	const settings = {
		publication: 'Letter',
		sendTime: '09:00',
		locale: 'en-GB',
		promoNoticeDays: 2,
	};
	return openLibrary({
		audience: 'staff',
		today,
		// Nothing else of the settings and of the entries is asked for here.
		settings: settings as Settings,
		contentDir: '',
		entries: entries as unknown as Entry[],
		receipts: new Map(),
	});
}

function issue(number: number, title: string, sendOn: string) {
	const slug = `00${number}-x`;
	return {
		kind: 'issue',
		slug,
		ref: `issue/${slug}`,
		data: { number, title, sendOn, status: 'ready' },
	};
}

function promo(title: string, starts: string, ends: string) {
	return { kind: 'promo', slug: title, ref: `promo/${title}`, data: { title, starts, ends } };
}
