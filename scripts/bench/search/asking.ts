import type { Page, Request } from 'playwright-core';
import type { TandemSearch } from '#/web/search/element.ts';

/** Asks the search page's own engine, phrase by phrase. */
export function ask(
	page: Page,
	phrases: readonly string[],
	isGuessing = true,
): Promise<PageAnswer[]> {
	return page.evaluate(
		async ({ phrases, isGuessing }) => {
			await customElements.whenDefined('tandem-search');
			// The search page holds exactly this element.
			const element = document.querySelector('tandem-search') as TandemSearch;
			const answers: PageAnswer[] = [];
			for (const phrase of phrases) {
				const { results, isGuess } = await element.ask(phrase, {}, isGuessing);
				answers.push({ paths: results.slice(0, 10).map(({ page: found }) => found.path), isGuess });
			}
			return answers;
		},
		{ phrases, isGuessing },
	);
}

/** How many phrases have another first five when nothing is guessed. */
export async function changedByGuessing(page: Page, phrases: readonly string[]): Promise<number> {
	// Pagefind answers otherwise while parts of its index are still to come: first have them come.
	await ask(page, phrases);
	const [with_, without] = [await ask(page, phrases), await ask(page, phrases, false)];
	const five = (answer: PageAnswer | undefined): string =>
		answer?.paths.slice(0, 5).join(' ') ?? '';
	return phrases.filter((_, index) => five(with_[index]) !== five(without[index])).length;
}

/** Opens the search page, asks one phrase, and says what had to be fetched for it. */
export async function firstQuery(page: Page, url: string, phrase: string): Promise<FirstQuery> {
	const received: Request[] = [];
	page.on('requestfinished', (request) => received.push(request));
	await page.goto(url, { waitUntil: 'networkidle' });
	const before = received.filter((request) => isOfSearch(request.url())).length;
	received.length = 0;
	await ask(page, [phrase]);
	await page.waitForLoadState('networkidle');
	const sizes = await Promise.all(received.map((request) => request.sizes()));
	return {
		requestsBefore: before,
		requests: received.length,
		bytes: sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0),
	};
}

/**
 * Milliseconds of each query on a processor four times slower: from the key to results in the
 * page, and to the answer of the full text. Each is the least of three rounds: other work on the
 * machine makes a query look slow, nothing makes it look fast.
 */
export async function latency(page: Page, phrases: readonly string[]): Promise<Latency> {
	const session = await page.context().newCDPSession(page);
	await ask(page, phrases.slice(0, 3));
	await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	const rounds = await page.evaluate(async (phrases) => {
		// The search page holds exactly this element, with this field and list.
		const element = document.querySelector('tandem-search') as TandemSearch;
		const field = element.querySelector('input[name="q"]') as HTMLInputElement;
		const list = element.querySelector('[data-part="list"]') as HTMLElement;
		const shown: number[] = [];
		const whole: number[] = [];
		for (const phrase of [...phrases, ...phrases, ...phrases]) {
			const changed = new Promise<void>((resolve) => {
				const watcher = new MutationObserver(() => {
					watcher.disconnect();
					resolve();
				});
				watcher.observe(list, { childList: true });
				setTimeout(resolve, 1000);
			});
			const start = performance.now();
			field.value = phrase;
			field.dispatchEvent(new Event('input', { bubbles: true }));
			await changed;
			shown.push(performance.now() - start);
			const asked = performance.now();
			await element.ask(phrase);
			whole.push(performance.now() - asked);
			// What the page itself still does for this phrase belongs to no figure.
			await new Promise((resolve) => setTimeout(resolve, 150));
		}
		return { shown, whole };
	}, phrases);
	await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
	const least = (times: readonly number[]): number[] =>
		phrases.map((_, index) =>
			Math.min(...[0, 1, 2].map((round) => times[round * phrases.length + index] ?? Infinity)),
		);
	return { shown: least(rounds.shown), whole: least(rounds.whole) };
}

function isOfSearch(url: string): boolean {
	return /\/pagefind\/|engine/.test(new URL(url).pathname);
}

export interface PageAnswer {
	/** Of the first ten results. */
	paths: string[];
	isGuess: boolean;
}

interface FirstQuery {
	/** Requests for search before anybody meant to search. */
	requestsBefore: number;
	requests: number;
	bytes: number;
}

export interface Latency {
	/** From the key to results of the catalogue in the page. */
	shown: number[];
	/** For the whole answer, without the pause in typing. */
	whole: number[];
}
