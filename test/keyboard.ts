/** A reader with a keyboard and nothing else: where the focus is, and whether it can be seen. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Presses Tab until the focus is on what is looked for. At every stop on the way the focus must be
 * visible: in the window, not under anything, with an outline.
 * @param wanted - a CSS selector
 * @throws Error where it is not reached
 */
export async function tabTo(
	page: Page,
	wanted: string,
	key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<void> {
	const stops: string[] = [];
	for (let presses = 0; presses < 120; presses += 1) {
		await page.keyboard.press(key);
		const stop = await focusOf(page);
		stops.push(stop.name);
		expect(stop.faults, `focus on ${stop.name}`).toEqual([]);
		if (await page.evaluate((css) => document.activeElement?.matches(css) ?? false, wanted)) return;
	}
	throw new Error(`${wanted} is not reached by ${key}. The stops: ${stops.join(' · ')}`);
}

/** What has the focus, and what keeps it from being seen. */
export function focusOf(page: Page): Promise<Focus> {
	return page.evaluate(async () => {
		// What the browser scrolls to is there in the next frame.
		await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
		const element = document.activeElement;
		if (!element || element === document.body) return { name: 'nothing', faults: ['nothing'] };
		const name = `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40) || (element.getAttribute('name') ?? '')}"`;
		const { outlineStyle, outlineWidth } = getComputedStyle(element);
		// A link over two lines has a box for each; the first is where the eye begins.
		const box = element.getClientRects()[0];
		const faults: string[] = [];
		if (!box || box.width < 2 || box.height < 2) return { name, faults: ['has no size'] };
		const x = box.left + Math.min(box.width, 24) / 2;
		const y = box.top + box.height / 2;
		const top = document.elementFromPoint(x, y);
		const isLabelled =
			element instanceof HTMLInputElement &&
			[...(element.labels ?? [])].some((label) => label.contains(top));
		if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) faults.push('is outside the window');
		else if (!top || !(element.contains(top) || top.contains(element) || isLabelled)) {
			faults.push(`is under <${top?.tagName.toLowerCase() ?? 'nothing'}>`);
		}
		if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) faults.push('has no outline');
		return { name, faults };
	});
}

interface Focus {
	/** Tag and words. */
	name: string;
	/** Empty where it can be seen. */
	faults: string[];
}
