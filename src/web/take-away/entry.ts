/**
 * An entry as one Markdown text: what its page says, for those who take it elsewhere. Every address
 * in it is absolute, and it says where it comes from and of which day it is.
 */
import { formatDay } from '#/day.ts';
import { readBody } from '#/library/body.ts';
import { pathOf, summaryOf } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { titleOf } from '#/library/entry.ts';
import type { Entry } from '#/library/entry.ts';
import { kinds } from '#/library/kinds.ts';
import { viewOf } from '#/library/view.ts';
import type { NamedEntry, View } from '#/library/view.ts';
import type { Surroundings } from '#/web/body/surroundings.ts';
import { issueSources } from '#/web/issue-view.ts';
import { functionNames } from '#/web/names.ts';
import { bodyMarkdown } from './body.ts';
import { issueParts } from './issue.ts';
import { hung, linked, plain, stacked } from './plain.ts';
import { absoluteSurroundings, siteOf } from './surroundings.ts';

/** The whole of an entry that this site shows, ending in a line end. */
export async function entryMarkdown(library: Library, entry: Entry): Promise<string> {
	const view = viewOf(library, entry);
	const around = await absoluteSurroundings(library, view);
	return `${stacked([
		`# ${plain(titleOf(entry))}`,
		...(await contentOf(library, view, around)),
		...sourcesOf(library, entry),
		'---',
		origin(library, view),
	])}\n`;
}

async function contentOf(
	library: Library,
	{ entry, references }: View,
	around: Surroundings,
): Promise<(string | false | undefined)[]> {
	const link = (named: NamedEntry): string =>
		linked(plain(named.title), around.references[named.ref]?.path);
	const whole = (): string => bodyMarkdown(readBody(library.contentDir, entry), around);
	const { headings, locale } = library.settings;
	const play = 'when' in entry.data && [
		plain(entry.data.summary),
		`**Use this when** ${plain(entry.data.when)}.`,
		`${functionNames[entry.data.function]}. ${entry.data.effort} min to do${entry.data.together ? ', with the other team' : ''}.`,
	];
	switch (entry.kind) {
		case 'tip': {
			const { action, pull, question, counter } = entry.data;
			const other = counter === undefined ? undefined : references[counter];
			return [
				...(play || []),
				`## ${plain(headings.action)}`,
				plain(action),
				'## The idea',
				pull && `*${plain(pull)}*`,
				whole(),
				`**${plain(question)}**`,
				other && `**Another view:** ${link(other)}. ${plain(other.summary)}`,
			];
		}
		case 'checklist': {
			const { pause, sections, signoff } = entry.data;
			return [
				...(play || []),
				`**Stop and run it:** ${plain(pause)}`,
				...sections.flatMap(({ title, items }) => [
					`## ${plain(title)}`,
					items
						.map(({ text, who, link: ref }) => {
							const named = ref === undefined ? undefined : references[ref];
							const more = [functionNames[who], named && link(named)].filter(Boolean).join(', ');
							return `- [ ] ${plain(text)} (${more})`;
						})
						.join('\n'),
				]),
				signoff.length > 0 && '## Who says yes',
				signoff.map((team) => `- ${functionNames[team]}:`).join('\n'),
				entry.body.isPresent && '## How to run it',
				whole(),
			];
		}
		case 'questions': {
			const { items, period } = entry.data;
			return [
				...(play || []),
				entry.body.isPresent && '## How to run it',
				whole(),
				`## ${items.length} ${items.length === 1 ? 'question' : 'questions'}`,
				period !== undefined && `Answer for: ${plain(period)}.`,
				items
					.map((item, index) => {
						const named = item.play === undefined ? undefined : references[item.play];
						return hung(
							`${index + 1}. `,
							[
								plain(item.text),
								...(item.ends ?? item.labels ?? []).map((end) => `- ${plain(end)}`),
								...(item.options ?? []).map(({ text }) => `- ${plain(text)}`),
								named && `\nOpen after: ${link(named)}`,
							]
								.filter(Boolean)
								.join('\n'),
						);
					})
					.join('\n'),
			];
		}
		case 'term': {
			const { general, short, aliases, pair, local, ours } = entry.data;
			const other = pair === undefined ? undefined : references[pair];
			const isOurs = library.audience === 'staff' && local;
			return [
				aliases.length > 0 && `Also: ${plain(aliases.join(', '))}`,
				general && `**In everyday use:** ${plain(general)}`,
				`**Here:** ${plain(short)}`,
				isOurs && '## Our rule',
				isOurs && (ours ? plain(ours) : 'Not agreed yet.'),
				other && '## Told apart',
				other && `**${link(other)}:** ${plain(other.short ?? '')}`,
				entry.body.isPresent && '## An example, and what it is not',
				whole(),
			];
		}
		case 'issue':
			return issueParts(library, entry, around);
		case 'person': {
			const { role, bio, email } = entry.data;
			return [
				`${plain(role)}, ${functionNames[entry.data.function].toLowerCase()}`,
				bio && plain(bio),
				email,
			];
		}
		case 'promo': {
			const { say, offer, starts, ends, who, limits, where, code, link: page } = entry.data;
			return [
				`> **Say:** ${plain(say)}`,
				[
					['What the customer gets', offer],
					['When', `${formatDay(starts, locale)} to ${formatDay(ends, locale)}`],
					['Who may have it', who],
					['What not to promise', limits],
					['Where customers see it', where.join('; ')],
					['Page', page],
					['Code', code],
				]
					.flatMap(([name, value]) =>
						value === undefined
							? []
							: [`- **${name}:** ${value === page ? `<${value}>` : plain(value)}`],
					)
					.join('\n'),
			];
		}
		case 'path':
			return [
				plain(summaryOf(entry)),
				entry.data.steps
					.flatMap((ref) => references[ref] ?? [])
					.map((step, index) => `${index + 1}. ${link(step)}: ${plain(step.summary)}`)
					.join('\n'),
			];
	}
}

function sourcesOf(library: Library, entry: Entry): string[] {
	const sources =
		entry.kind === 'issue'
			? issueSources(library, entry)
			: 'sources' in entry.data
				? entry.data.sources
				: [];
	if (sources.length === 0) return [];
	const lines = sources.map(({ by, title, year, url }, index) => {
		const when = year === undefined ? '' : `, ${year}`;
		return `${index + 1}. ${plain(by)}, ${linked(`*${plain(title)}*`, url)}${when}.`;
	});
	return ['## Sources', lines.join('\n')];
}

/** Where it comes from, who keeps it, and until when it may be trusted. */
function origin(library: Library, { entry, author, freshness }: View): string {
	const { firm, locale } = library.settings;
	const path = pathOf(library, entry);
	const address = path === undefined ? '' : siteOf(library) + path;
	const day = (when: string): string => formatDay(when, locale);
	const checked =
		freshness &&
		(freshness.state === 'overdue'
			? `Checked ${day(freshness.reviewed)}. Review overdue since ${day(freshness.due)}.`
			: `Checked ${day(freshness.reviewed)}, next by ${day(freshness.due)}.`);
	return [
		`${kinds[entry.kind].one} of ${plain(firm)}, as of ${day(library.today)}: <${address}>`,
		author && `Kept by ${plain(author.name)}.`,
		checked,
	]
		.filter(Boolean)
		.join('\\\n');
}
