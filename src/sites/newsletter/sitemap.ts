/** The site map of the public site: each page that stays, with the day it last changed where we know. */
import sitemap from '@astrojs/sitemap';
import type { AstroIntegration } from 'astro';
import { pathOf, ready } from '#/library/entries.ts';
import { openContent } from '#/library/shelf.ts';
import type { ContentOptions } from '#/library/shelf.ts';
import { movedPages } from '#/web/moved-pages.ts';
import { changeDay } from '#/web/public/issues.ts';

/**
 * Astro's site map, without the earlier addresses of pages, and with days from the content.
 * @param options - the public audience's content; the door is the same as the site's
 */
export function siteMap(options: Omit<ContentOptions, 'audience'>): AstroIntegration {
	let known: Promise<Known> | undefined;
	return sitemap({
		async serialize(item) {
			known ??= readContent(options);
			const { days, moved } = await known;
			const path = new URL(item.url).pathname;
			if (moved.has(path)) return undefined;
			const day = days.get(path);
			return day === undefined ? item : { ...item, lastmod: day };
		},
	});
}

async function readContent(options: Omit<ContentOptions, 'audience'>): Promise<Known> {
	const { library } = await openContent({ ...options, audience: 'public' });
	const issues = ready(library, 'issue');
	const days = new Map(issues.map((issue) => [pathOf(library, issue) ?? '', changeDay(issue)]));
	const newest = [...days.values()].toSorted().at(-1);
	if (newest !== undefined) days.set('/', newest).set('/issues/', newest);
	const moved = new Set(
		movedPages(library).map(({ params }) => `/${params.folder}/${params.was}/`),
	);
	return { days, moved };
}

interface Known {
	/** By path. */
	days: Map<string, string>;
	/** Paths that lead on to another. */
	moved: Set<string>;
}
