import { pathOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { isReady } from '#/library/entry.ts';
import type { Entry } from '#/library/entry.ts';
import { kindNames, kinds } from '#/library/kinds.ts';
import { packWords } from '#/web/search/catalogue.ts';
import type { Catalogue, CataloguePage } from '#/web/search/catalogue.ts';
import { facetNames } from '#/web/search/facets.ts';
import { wordsOf } from '#/web/search/words.ts';
import type { Fragment } from './fragments.ts';

/**
 * The first tier of search: every indexed page that people should find, with what the library
 * knows of its entry. Pages without an entry (the promo board, the guide) bring what they show.
 */
export function catalogueOf(fragments: readonly Fragment[], library: Library): Catalogue {
	const entries = new Map<string, Entry>();
	for (const entry of library.entries) {
		const path = pathOf(library, entry);
		if (path !== undefined) entries.set(path, entry);
	}
	const common = commonHeadings(fragments);
	const pages: CataloguePage[] = [];
	const words = new Set<string>();
	for (const fragment of fragments.toSorted((a, b) => (a.url < b.url ? -1 : 1))) {
		const entry = entries.get(fragment.url);
		if (entry && !isReady(entry)) continue;
		const page = pageOf(fragment, entry, common);
		pages.push(page);
		for (const text of [fragment.content, page.title, page.when, page.summary]) {
			for (const word of wordsOf(text ?? '')) words.add(word);
		}
		for (const text of [...(page.find ?? []), ...(page.aliases ?? [])]) {
			for (const word of wordsOf(text)) words.add(word);
		}
	}
	const named = kindNames.map((kind) => [kind, kinds[kind].one]);
	return {
		pages,
		words: packWords(words),
		names: {
			kinds: { ...Object.fromEntries(named), guide: 'Guide for editors' },
			editor: library.settings.replyTo,
		},
	};
}

function pageOf(
	fragment: Fragment,
	entry: Entry | undefined,
	common: ReadonlySet<string>,
): CataloguePage {
	const data = entry?.data;
	const minutes = data && 'effort' in data ? data.effort : Number(fragment.meta['minutes']);
	const headings = fragment.anchors.filter(
		({ element, text }) => /^h[2-6]$/.test(element) && text !== '' && !common.has(text),
	);
	return {
		path: fragment.url,
		fragment: fragment.id,
		title: fragment.meta['title'] ?? fragment.url,
		// A situation says more than a summary does, in fewer bytes; the summary is in the full text.
		...(data && 'when' in data ? { when: data.when } : { summary: fragment.meta['summary'] }),
		aliases: data && 'aliases' in data && data.aliases.length > 0 ? data.aliases : undefined,
		find: phrasesOf(fragment, entry),
		headings: headings.length > 0 ? headings.map(({ text, id }) => ({ text, id })) : undefined,
		minutes: Number.isFinite(minutes) ? minutes : undefined,
		filters: Object.fromEntries(
			Object.entries(fragment.filters).filter(([name]) => shownFilters.has(name)),
		),
	};
}

/** What people may type for a page: its entry's `find`, or the keywords of a page without one. */
function phrasesOf({ meta }: Fragment, entry: Entry | undefined): string[] | undefined {
	const phrases = entry
		? 'find' in entry.data
			? entry.data.find
			: []
		: (meta['keywords'] ?? '').split(', ');
	const told = phrases.filter((phrase) => phrase !== '');
	return told.length > 0 ? told : undefined;
}

const shownFilters = new Set<string>(facetNames);

/** Headings of the furniture, such as "What to read next": they tell no page from another. */
function commonHeadings(fragments: readonly Fragment[]): Set<string> {
	const counts = new Map<string, number>();
	for (const { anchors } of fragments) {
		for (const text of new Set(anchors.map((anchor) => anchor.text))) {
			counts.set(text, (counts.get(text) ?? 0) + 1);
		}
	}
	const most = Math.max(4, fragments.length / 10);
	return new Set([...counts].filter(([, count]) => count > most).map(([text]) => text));
}
