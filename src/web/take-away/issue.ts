import { formatDay } from '#/day.ts';
import { readBody } from '#/library/body.ts';
import { findOf, reference } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import type { Entry, EntryOf } from '#/library/entry.ts';
import { issueBody } from '#/library/issue-words.ts';
import { viewOf } from '#/library/view.ts';
import type { Surroundings } from '#/web/body/surroundings.ts';
import { bodyMarkdown } from './body.ts';
import { hung, linked, plain } from './plain.ts';
import { absoluteSurroundings } from './surroundings.ts';

/** The parts of an issue in the order every rendering keeps, with the tip it carries in full. */
export async function issueParts(
	library: Library,
	issue: EntryOf<'issue'>,
	around: Surroundings,
): Promise<(string | false | undefined)[]> {
	const { data } = issue;
	const { headings, locale } = library.settings;
	const { hook, announcement } = issueBody(readBody(library.contentDir, issue));
	const tip = findOf(library, 'tip', data.tip);
	const isAskedLater = data.questions.some(({ text }) => text === tip?.data.question);
	return [
		formatDay(data.sendOn, locale),
		bodyMarkdown(hook, around),
		...(tip ? [`## ${plain(headings.action)}`, plain(tip.data.action)] : []),
		termsOf(library, data.terms, around),
		...(tip ? await tipParts(library, tip) : []),
		tip && !isAskedLater && `**${plain(tip.data.question)}**`,
		data.announcement && `## ${plain(data.announcement.title)}`,
		announcement && bodyMarkdown(announcement, around),
		...alsoOf(library, data.also, around),
		`## ${plain(headings.questions)}`,
		data.questions.map(({ text }) => `- ${plain(text)}`).join('\n'),
	];
}

async function tipParts(library: Library, tip: EntryOf<'tip'>): Promise<string[]> {
	const { title, pull } = tip.data;
	// An entry of one kind is an entry.
	const entry = tip as Entry;
	const around = await absoluteSurroundings(library, viewOf(library, entry));
	return [
		`## ${plain(title)}`,
		pull ? `*${plain(pull)}*` : '',
		bodyMarkdown(readBody(library.contentDir, entry), around),
	];
}

function termsOf(library: Library, refs: readonly string[], around: Surroundings): string {
	return refs
		.flatMap((ref) => findOf(library, 'term', ref) ?? [])
		.map(({ ref, data }) => {
			const title = `**${linked(plain(data.title), around.references[ref]?.path)}**`;
			const meanings = [data.general, data.short].filter((text) => text !== undefined);
			return hung('- ', [title, ...meanings.map(plain)].join('\\\n'));
		})
		.join('\n');
}

function alsoOf(library: Library, refs: readonly string[], around: Surroundings): string[] {
	const lines = refs.flatMap((ref) => {
		const shown = reference(library, ref);
		if (!shown) return [];
		const title = linked(plain(shown.title), around.references[ref]?.path);
		return [`- ${title}: ${plain(shown.summary)}`];
	});
	return lines.length === 0
		? []
		: [`## ${plain(library.settings.headings.also)}`, lines.join('\n')];
}
