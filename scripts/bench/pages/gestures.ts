/** What people do on a page of each kind, step by step, with pointer and keys as they have them. */
import type { Locator, Page } from 'playwright-core';
import type { Team } from '#/alignment/person.ts';
import { keysOf } from '#/alignment/question-set.ts';
import type { QuestionSet } from '#/alignment/question-set.ts';
import type { Round } from '#/alignment/round.ts';
import { writeShortCode } from '#/alignment/short-code.ts';
import { random } from '../random.ts';

/** What is done on a page of a kind; a page to read is walked through by keyboard. */
export function gestureFor(kind: string): Gesture {
	return gestures[kind] ?? read;
}

const gestures: Record<string, Gesture> = {
	home: ask,
	tip: ask,
	checklist: tick,
	'checklist run': runThrough,
	answer,
	compare,
	cards: showCards,
	search,
	'take away': keepOffline,
	'home, subscribe': subscribe,
};

async function read(page: Page, step: Step): Promise<void> {
	for (let press = 1; press <= 3; press++) {
		await step(`Tab, ${press}`, () => page.keyboard.press('Tab'));
	}
	const summary = page.locator('main summary').first();
	if (await summary.isVisible()) await step('open details', () => summary.click());
}

/** The search over a page, by its key; the public site has none. */
async function ask(page: Page, step: Step): Promise<void> {
	await read(page, step);
	if ((await page.locator('form.search').count()) === 0) return;
	await page.mouse.move(200, 500);
	await page.waitForFunction(() => document.querySelector('head > script[type="module"]'));
	await page.waitForLoadState('networkidle');
	await page.locator('main').click({ position: { x: 2, y: 2 } });
	await step('open the search', () => page.keyboard.press('/'));
	await page.getByRole('combobox').waitFor();
	await page.waitForLoadState('networkidle');
	await type(page, step, 'promo brief');
	await page.getByRole('option').first().waitFor();
	await page.waitForLoadState('networkidle');
	for (const key of ['ArrowDown', 'ArrowDown', 'End', 'Escape']) {
		await step(key, () => page.keyboard.press(key));
	}
}

async function tick(page: Page, step: Step): Promise<void> {
	const boxes = page.locator('main li input[type="checkbox"]');
	for (const place of [0, 1]) await step('tick a box', () => boxes.nth(place).click());
	await boxes.nth(2).focus();
	await step('tick by the space bar', () => page.keyboard.press('Space'));
	const undo = page.locator('[data-part="undo"]');
	if (!(await undo.isVisible())) return;
	await step('undo', () => undo.click());
	await step('open the tools', () => page.getByText('Share, print, other runs').click());
	await step('start a new run', () => page.locator('[data-part="start"]').click());
}

async function runThrough(page: Page, step: Step): Promise<void> {
	await step('start', () => page.locator('[data-part="begin"]').click());
	for (let point = 0; point < 3; point++) {
		await step('tick', () => page.keyboard.press('Space'));
		await step('next point', () => page.keyboard.press('ArrowRight'));
	}
	await step('stop the clock', () => page.locator('[data-part="time"]').click());
	await step('a minute more', () => page.locator('[data-part="more"]').click());
	await step('to the end', () => page.keyboard.press('End'));
}

async function answer(page: Page, step: Step): Promise<void> {
	await step('open a round', () => page.getByRole('button', { name: 'Open a round' }).click());
	await step('choose a team', () => page.locator('input[name="team"]').first().click());
	await step('begin', () => page.locator('[data-part="next"]').click());
	const points = page.locator('.questions .step:not([hidden]) .points input');
	await step('answer by pointer', () => points.nth(1).click());
	await step('all on one page', () => page.locator('[data-part="view"]').click());
	const questions = page.locator('.questions .step');
	const count = await questions.count();
	for (let place = 1; place < count; place++) {
		const point = questions.nth(place).locator('.points input').nth(2);
		await step(place === count - 1 ? 'the last answer' : 'answer', () => point.click());
	}
	await page.locator('[data-part="code"]').waitFor({ state: 'visible' });
	const other = questions.nth(1).locator('.points input').nth(3);
	await step('change an answer', () => other.click());
}

async function compare(page: Page, step: Step): Promise<void> {
	const press = (name: string): Promise<void> =>
		step(name.toLowerCase(), () => page.getByRole('button', { name }).click());
	const field = page.getByLabel('Paste answer codes');
	await field.click();
	await field.fill((await codesFor(page)).join('\n'));
	await press('Add the codes');
	await press('Show the result');
	await page.locator('.item').first().waitFor();
	await press('As tables');
	const picks = page.locator('[data-pick]');
	await step('pick a question', () => picks.first().click());
	await step('pick another', () => picks.nth(1).click());
	await page.getByLabel('Who sees to it').first().focus();
	await type(page, step, 'Ada');
	await press('Show it on a screen');
	for (let slide = 0; slide < 3; slide++) {
		await step('next slide', () => page.keyboard.press('ArrowRight'));
	}
	await step('close the screen', () => page.keyboard.press('Escape'));
}

async function showCards(page: Page, step: Step): Promise<void> {
	await step('show the cards', () => page.locator('[data-part="screen"]').click());
	for (let card = 0; card < 3; card++) {
		await step('next card', () => page.keyboard.press('ArrowRight'));
	}
	await step('start the time', () => page.keyboard.press('t'));
	await step('close', () => page.keyboard.press('Escape'));
}

async function search(page: Page, step: Step): Promise<void> {
	await page.locator('#q').focus();
	await page.waitForLoadState('networkidle');
	await type(page, step, 'offer before customers');
	await page.locator('[data-part="list"] li').first().waitFor();
	await page.waitForLoadState('networkidle');
	await choose(step, page.locator('details[name="facet"]').first());
	await choose(step, page.locator('details[name="facet"]').nth(2));
	await step('clear the filters', () => page.locator('[data-part="clear"]').click());
}

async function choose(step: Step, facet: Locator): Promise<void> {
	await step('open a facet', () => facet.locator('summary').click());
	await step('toggle a facet', () => facet.locator('input:visible').first().click());
}

async function keepOffline(page: Page, step: Step): Promise<void> {
	await read(page, step);
	await step('keep it offline', () => page.getByRole('switch').click());
}

async function subscribe(page: Page, step: Step): Promise<void> {
	await read(page, step);
	const field = page.locator('#subscribe input[type="email"]');
	// A site that takes no sign-ups yet shows the form, and that it is off.
	if (await field.isDisabled()) return;
	await step('go to the field', () => field.click());
	await type(page, step, 'ada@example.com');
}

async function type(page: Page, step: Step, text: string): Promise<void> {
	for (const letter of text) await step(`type "${letter}"`, () => page.keyboard.type(letter));
}

/** The codes of two teams of twelve, who answer by lot. */
async function codesFor(page: Page): Promise<string[]> {
	const text = await page.locator('[data-set]').getAttribute('data-set');
	// The page's own component wrote it.
	const set = JSON.parse(text ?? '') as QuestionSet;
	const keys = keysOf(set);
	const round: Round = { round: 'K7', mode: 'closed' };
	const draw = random(1);
	const codeOf = (team: Team, nonce: number): string => {
		const answers = keys.highest.map((highest) => 1 + Math.floor(draw.next() * highest));
		return writeShortCode(keys, round, { team, level: 'member', nonce, answers, times: 1 });
	};
	return Array.from({ length: 12 }, (_, person) => [
		codeOf('sales', person),
		codeOf('marketing', 100 + person),
	]).flat();
}

type Gesture = (page: Page, step: Step) => Promise<void>;

/** Does one thing, and notes how long the page took to show it. */
type Step = (name: string, act: () => Promise<unknown>) => Promise<void>;
