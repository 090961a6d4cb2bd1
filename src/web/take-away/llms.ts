import { pathOf, ready, summaryOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { titleOf } from '#/library/entry.ts';
import type { Entry } from '#/library/entry.ts';
import { kindNames, kinds } from '#/library/kinds.ts';
import { siteOf } from './surroundings.ts';
import { linked, plain, stacked } from './plain.ts';
import { twinOf } from './twin-pages.ts';

/**
 * What is on this site, for programs that read: `llms.txt` (https://llmstxt.org/). It names what
 * the site shows to people, finished entries only, and nothing else.
 * @param hasTwins - true where each page has a Markdown twin, which is named instead
 */
export function llmsText(library: Library, hasTwins: boolean): string {
	const { settings, audience } = library;
	const site = siteOf(library);
	const title = audience === 'staff' ? `${settings.firm}: playbook` : settings.publication;
	const about =
		audience === 'staff'
			? `The sales and marketing playbook of ${settings.firm}, for its staff. Each page has a twin in Markdown.`
			: settings.tagline;
	const sections = kindNames.flatMap((kind) => {
		// An entry of one kind is an entry.
		const lines = (ready(library, kind) as Entry[]).flatMap((entry) => {
			const path = pathOf(library, entry);
			if (path === undefined) return [];
			const address = site + (hasTwins ? twinOf(path) : path);
			return [`- ${linked(plain(titleOf(entry)), address)}: ${plain(summaryOf(entry))}`];
		});
		return lines.length === 0 ? [] : [`## ${kinds[kind].many}`, lines.join('\n')];
	});
	return `${stacked([`# ${plain(title)}`, `> ${plain(about)}`, ...sections])}\n`;
}
