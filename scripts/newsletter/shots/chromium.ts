import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import type { Browser, Route } from 'playwright-core';
import type { Message } from '#/delivery/message.ts';

/** Photographs a letter in Chromium, at three widths, in light and in dark. */
export async function photographInChromium(
	browser: Browser,
	message: Message,
	contentDir: string,
): Promise<{ name: string; png: Buffer; overflow: number }[]> {
	const shots = [];
	for (const colorScheme of ['light', 'dark'] as const) {
		const context = await browser.newContext({ colorScheme, javaScriptEnabled: true });
		try {
			const page = await context.newPage();
			await page.route('**/*', (route) => answer(route, contentDir));
			for (const width of [320, 375, 800]) {
				await page.setViewportSize({ width, height: 900 });
				await page.setContent(message.html, { waitUntil: 'load' });
				const shown = await page.evaluate(() => document.documentElement.scrollWidth);
				const png = await page.screenshot({ fullPage: true });
				shots.push({ name: `chromium-${width}-${colorScheme}`, png, overflow: shown - width });
			}
		} finally {
			await context.close();
		}
	}
	return shots;
}

/** Pictures come from the content folder; nothing is asked of any network. */
async function answer(route: Route, contentDir: string): Promise<void> {
	const { pathname } = new URL(route.request().url());
	const file = /^\/mail\/(.+\.(?:png|jpe?g))$/.exec(decodeURIComponent(pathname))?.[1];
	const bytes =
		file === undefined || normalize(file).startsWith('..')
			? undefined
			: await readFile(join(contentDir, file)).catch(() => undefined);
	if (bytes) await route.fulfill({ body: bytes });
	else await route.abort();
}
