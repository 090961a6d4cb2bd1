import type { Library } from '#/library/entries.ts';
import type { EntryOf } from '#/library/entry.ts';
import { changeInstant, issueCard, sendInstant } from './issues.ts';

/** What search engines are told of an issue (schema.org Article), as JSON that may stand in HTML. */
export function articleFacts(library: Library, issue: EntryOf<'issue'>): string {
	const { settings } = library;
	const card = issueCard(library, issue);
	const facts = {
		'@context': 'https://schema.org',
		'@type': 'Article',
		headline: card.title,
		description: card.summary,
		url: settings.sites.public + card.path,
		mainEntityOfPage: settings.sites.public + card.path,
		inLanguage: settings.locale,
		datePublished: sendInstant(library, issue).toISOString(),
		dateModified: changeInstant(library, issue).toISOString(),
		...(card.author !== undefined && { author: { '@type': 'Person', name: card.author } }),
		publisher: { '@type': 'Organization', name: settings.firm, url: `${settings.sites.public}/` },
		isPartOf: {
			'@type': 'Periodical',
			name: settings.publication,
			url: `${settings.sites.public}/`,
		},
	};
	// A `<` in a title could otherwise end the script element around it.
	return JSON.stringify(facts).replaceAll('<', '\\u003c');
}
