/** How long a page takes to show what somebody did: interaction to next paint (INP). */
import type { Browser, Page } from 'playwright-core';
import { gestureFor } from './gestures.ts';

/**
 * Does on a page what people do there, as often as asked, each time in a fresh profile and with a
 * processor four times slower. The browser's own event timing is read; it counts in steps of 8 ms
 * and tells nothing below 16.
 * @param kind - of the page, as `kinds.ts` names it: it says what is done
 * @returns of the run that is the median by its slowest step: how many steps, and the slowest
 */
export async function interactWith(
	browser: Browser,
	url: string,
	kind: string,
	runs: number,
): Promise<InteractionFigures> {
	const found: InteractionFigures[] = [];
	for (let run = 0; run < runs; run++) found.push(await interactOnce(browser, url, kind));
	const sorted = found.toSorted((a, b) => a.ms - b.ms);
	// There is at least one run, and so a middle one.
	return sorted[Math.floor((sorted.length - 1) / 2)]!;
}

async function interactOnce(
	browser: Browser,
	url: string,
	kind: string,
): Promise<InteractionFigures> {
	const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
	try {
		const page = await context.newPage();
		await page.addInitScript(watchEvents);
		await page.goto(url, { waitUntil: 'networkidle' });
		const session = await context.newCDPSession(page);
		await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
		const worst: InteractionFigures = { steps: 0, ms: 0, slowest: '' };
		await gestureFor(kind)(page, async (name, act) => {
			await act();
			const ms = await slowestEvent(page);
			worst.steps += 1;
			if (ms > worst.ms) Object.assign(worst, { ms, slowest: name });
		});
		return worst;
	} finally {
		await context.close();
	}
}

/** Runs in the page, before anything of it: keeps how long each event of an interaction took. */
function watchEvents(): void {
	const durations: number[] = [];
	const keep = (entries: PerformanceEntryList): void => {
		for (const entry of entries) {
			// An observer of events is given nothing else.
			const { interactionId, duration } = entry as PerformanceEventTiming;
			if (interactionId > 0) durations.push(duration);
		}
	};
	const observer = new PerformanceObserver((list) => keep(list.getEntries()));
	const events = { type: 'event', durationThreshold: 16, buffered: true };
	observer.observe(events);
	Object.assign(globalThis, {
		takeDurations(): number[] {
			keep(observer.takeRecords());
			return durations.splice(0);
		},
	});
}

/** The longest event since the last call, in milliseconds, once the page has painted; 0 below 16. */
async function slowestEvent(page: Page): Promise<number> {
	const durations = await page.evaluate(async () => {
		const painted = (): Promise<unknown> =>
			new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 40)));
		await painted();
		await painted();
		// Put there by `watchEvents`.
		return (globalThis as unknown as Watched).takeDurations();
	});
	return Math.max(0, ...durations);
}

/** As Lighthouse has it for a phone. */
const slowdown = 4;

export interface InteractionFigures {
	/** How many things were done. */
	steps: number;
	/** Of the slowest of them; 0 for less than 16. */
	ms: number;
	/** Its name. */
	slowest: string;
}

interface Watched {
	takeDurations(): number[];
}
