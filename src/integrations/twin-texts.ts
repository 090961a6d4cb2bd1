import type { Library } from '#/library/entries.ts';
import { entryMarkdown } from '#/web/take-away/entry.ts';
import { twinPages } from '#/web/take-away/twin-pages.ts';
import { collectFacts } from './links/kept-facts.ts';
import type { ReadFacts } from './links/kept-facts.ts';

/** Writes the twin of each entry that a library shows, and reads what they refer to. */
export async function twinsOf(library: Library): Promise<Twins> {
	const texts: Twins['texts'] = new Map();
	const { read, ...facts } = collectFacts(new URL(library.settings.sites.staff).origin);
	for (const { folder, slug, entry } of twinPages(library)) {
		const file = `${folder}/${slug}.md`;
		const text = await entryMarkdown(library, entry);
		texts.set(file, text);
		read(file, text);
	}
	return { texts, facts };
}

export interface Twins {
	/** By their path below the site's folder. */
	texts: Map<string, string>;
	/** For the check of links. */
	facts: ReadFacts;
}
