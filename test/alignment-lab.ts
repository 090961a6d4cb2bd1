/** People who answer, and pages that are watched while they do. */
import type { Page } from 'playwright-core';
import type { Person } from '#/alignment/person.ts';
import { keysOf } from '#/alignment/question-set.ts';
import type { QuestionSet } from '#/alignment/question-set.ts';
import type { Round } from '#/alignment/round.ts';
import { writeShortCode } from '#/alignment/short-code.ts';

export const closed: Round = { round: 'K7', mode: 'closed' };
export const open: Round = { round: 'K7', mode: 'open' };

/** The set that a page was built with. */
export async function setOf(page: Page): Promise<QuestionSet> {
	const text = await page.locator('[data-set]').getAttribute('data-set');
	// The page's own component wrote it.
	return JSON.parse(text ?? '') as QuestionSet;
}

/**
 * The codes of a team, one for each of `count` people, all different.
 * @param about - what a person answers to an item
 */
export function codesOf(
	set: QuestionSet,
	round: Round,
	team: Person['team'],
	count: number,
	about: (person: number, item: number) => number,
	level: Person['level'] = 'member',
): string[] {
	const keys = keysOf(set);
	const first = { sales: 10, marketing: 200, leader: 900 }[team];
	return Array.from({ length: count }, (_, person) =>
		writeShortCode(keys, round, {
			team,
			level,
			nonce: first + person + (level === 'lead' ? 400 : 0),
			answers: set.items.map((_, item) => Math.min(about(person, item), keys.highest[item] ?? 5)),
			times: 1,
		}),
	);
}

/** Two teams that differ on some questions, agree on others, and are split on one. */
export function twoTeams(
	set: QuestionSet,
	round: Round,
	sales: number,
	marketing: number,
): string[] {
	const salesSays = [2, 4, 2, 3, 2, 1, 4, 3, 5, 3, 4, 2];
	const marketingSays = [4, 4, 3, 2, 4, 2, 4, 3, 2, 3, 4, 2];
	const say = (base: readonly number[]) => (person: number, item: number) => {
		if (item === 7) return person % 2 === 0 ? 1 : 5;
		if (item === 9 && person === 0) return 0;
		return Math.min(5, Math.max(1, (base[item] ?? 3) + [0, 1, 0, -1, 0, 0, 1, 0][person % 8]!));
	};
	return [
		...codesOf(set, round, 'sales', sales, say(salesSays)),
		...codesOf(set, round, 'marketing', marketing, say(marketingSays)),
	];
}

/** Every request a page makes from now on that leaves it, as addresses. */
export function watchRequests(page: Page): string[] {
	const requests: string[] = [];
	page.on('request', (request) => {
		if (!/^(?:blob|data):/.test(request.url())) requests.push(request.url());
	});
	return requests;
}
