import type { Entry, EntryOf } from '#/library/entry.ts';
import { kinds } from '#/library/kinds.ts';
import type { Problem } from '#/problem.ts';
import { bodyFinding, finding, isDraft } from './finding.ts';
import type { Found, EntryFacts } from './finding.ts';
import { sentencesOf } from './readability.ts';

/** What must hold for one entry by itself, beyond the shape of its fields. */
export function checkEntry(entry: Entry, shelf: EntryFacts): Problem[] {
	const problems: Problem[] = [];
	const at = (path: readonly PropertyKey[], found: Found): void => {
		problems.push(finding(shelf, entry, path, found));
	};
	checkCare(entry, shelf, at);
	checkBodyShape(entry, problems);
	switch (entry.kind) {
		case 'tip':
			checkAction(entry, at);
			break;
		case 'checklist':
			checkUniqueIds(
				entry.data.sections.flatMap((section, s) =>
					section.items.map((item, i) => ({
						id: item.id,
						path: ['sections', s, 'items', i, 'id'],
					})),
				),
				at,
			);
			break;
		case 'questions':
			checkItems(entry, at);
			break;
		default:
			break;
	}
	return problems;
}

function checkCare(entry: Entry, shelf: EntryFacts, at: At): void {
	const { data } = entry;
	if ('audience' in data && !isDraft(entry)) {
		for (const field of ['author', 'reviewed'] as const) {
			if (data[field] === undefined) {
				at([field], {
					rule: 'entry/care',
					level: 'error',
					message: 'missing, and the entry is ready.',
					fix: field === 'author' ? 'Add author: person/…' : 'Add the day it was last checked.',
				});
			}
		}
	}
	if ('reviewed' in data && data.reviewed !== undefined && data.reviewed > shelf.today) {
		at(['reviewed'], {
			rule: 'entry/reviewed',
			level: 'error',
			message: `${data.reviewed} is in the future.`,
			fix: `Give the day it was last checked, ${shelf.today} at the latest.`,
		});
	}
	if ('evidence' in data && /^(?:survey|study)$/.test(data.evidence) && data.sources.length === 0) {
		at(['evidence'], {
			rule: 'entry/evidence',
			level: 'error',
			message: `"${data.evidence}" needs a source.`,
			fix: 'Add sources, or grade it as practice or opinion.',
		});
	}
	if (entry.kind !== 'issue' && 'summary' in data && sentencesOf(data.summary).length > 1) {
		at(['summary'], {
			rule: 'entry/summary',
			level: 'warn',
			message: `has ${sentencesOf(data.summary).length} sentences.`,
			fix: 'Say it in one.',
		});
	}
	if ('replacedBy' in data && data.replacedBy && data.status !== 'retired') {
		at(['replacedBy'], {
			rule: 'entry/replaced',
			level: 'error',
			message: 'is set, but the entry is not retired.',
			fix: 'Set status: retired, or take replacedBy out.',
		});
	}
}

const limits: Partial<Record<Entry['kind'], { min: number; max: number }>> = {
	tip: { min: 80, max: 350 },
	checklist: { min: 0, max: 300 },
	questions: { min: 0, max: 250 },
	term: { min: 0, max: 150 },
};

function checkBodyShape(entry: Entry, problems: Problem[]): void {
	const limit = limits[entry.kind];
	const { words, components, isPresent } = entry.body;
	const at = (rule: string, message: string, fix: string): void => {
		const line = entry.body.prose[0]?.line ?? 1;
		problems.push(bodyFinding(entry, line, { rule, level: 'error', message, fix }));
	};
	if (limit && words > limit.max) {
		at('entry/words', `${words} words, at most ${limit.max}.`, `Cut ${words - limit.max} or more.`);
	}
	if (limit && isPresent && words < limit.min) {
		at(
			'entry/words',
			`${words} words, at least ${limit.min}.`,
			`Add ${limit.min - words} or more.`,
		);
	}
	if (entry.kind === 'tip' && components.filter((name) => name === 'Story').length > 1) {
		at(
			'entry/story',
			'More than one <Story> stands in a tip.',
			'Keep the one that carries the rule.',
		);
	}
	if (entry.kind !== 'issue' && components.includes('Announcement')) {
		at(
			'entry/announcement',
			`<Announcement> stands in a ${kinds[entry.kind].one.toLowerCase()}.`,
			'Only an issue has one. Take it out.',
		);
	}
}

function checkAction(tip: EntryOf<'tip'>, at: At): void {
	const { action } = tip.data;
	const first = /^[\p{L}'’-]+/u.exec(action)?.[0] ?? '';
	if (/^(?:the|a|an|you|your|we|our|it|this|that|there|if|to)$/i.test(first)) {
		at(['action'], {
			rule: 'tip/action-verb',
			level: 'warn',
			message: `begins with "${first}".`,
			fix: 'Begin with a verb, or with When, Before, After or Each.',
		});
	}
	if (action.includes(' and then ')) {
		at(['action'], {
			rule: 'tip/one-action',
			level: 'warn',
			message: 'holds " and then ": two actions.',
			fix: 'Keep the first.',
		});
	}
}

const counts = { reflect: [1, 8], assess: [5, 12], quiz: [3, 8] } as const;
const types = { reflect: ['open'], assess: ['scale', 'choice'], quiz: ['choice'] } as const;

function checkItems(set: EntryOf<'questions'>, at: At): void {
	const { mode, items, period } = set.data;
	const [min, max] = counts[mode];
	if (items.length < min || items.length > max) {
		at(['items'], {
			rule: 'questions/count',
			level: 'error',
			message: `${items.length} questions; a set to ${mode} has ${min} to ${max}.`,
			fix: items.length < min ? `Add ${min - items.length}.` : `Take ${items.length - max} out.`,
		});
	}
	if (mode === 'assess' && period === undefined) {
		at(['period'], {
			rule: 'questions/period',
			level: 'error',
			message: 'missing; a set to assess asks about a time.',
			fix: 'Add period: in the last 90 days.',
		});
	}
	checkUniqueIds(
		items.map(({ id }, i) => ({ id, path: ['items', i, 'id'] })),
		at,
	);
	for (const [i, item] of items.entries()) {
		const allowed: readonly string[] = types[mode];
		const report = (field: string, message: string, fix: string): void =>
			at(['items', i, field], { rule: `questions/${field}`, level: 'error', message, fix });
		if (!allowed.includes(item.type)) {
			report(
				'type',
				`"${item.type}" does not fit a set to ${mode}.`,
				`Use ${allowed.join(' or ')}.`,
			);
		}
		if (mode !== 'reflect' && !item.reads) {
			report('reads', 'missing.', 'Add reads: state, orientation or knowledge.');
		}
		if (mode === 'assess' && !item.play)
			report('play', 'missing.', 'Name what to open when the teams differ.');
		if (item.type === 'choice' && !item.options)
			report('options', 'missing.', 'Add 2 to 5 of {id, text}.');
		if (item.type !== 'choice' && item.options)
			report('options', 'do not fit this type.', 'Take them out.');
		if (item.type !== 'scale' && (item.labels || item.ends)) {
			report(
				item.labels ? 'labels' : 'ends',
				'fit a scale only.',
				'Take them out, or set type: scale.',
			);
		}
		if (item.agreed && !item.options)
			report('agreed', 'stands without options.', 'Add options, or take it out.');
		if (item.labels && item.ends) report('ends', 'stand beside labels.', 'Keep one of the two.');
		if (item.options) {
			checkUniqueIds(
				item.options.map(({ id }, o) => ({ id, path: ['items', i, 'options', o, 'id'] })),
				at,
			);
			if (item.agreed && !item.options.some(({ id }) => id === item.agreed)) {
				report(
					'agreed',
					`"${item.agreed}" is none of the options.`,
					`Use one of ${item.options.map(({ id }) => id).join(', ')}.`,
				);
			}
		}
	}
}

function checkUniqueIds(ids: readonly { id: string; path: PropertyKey[] }[], at: At): void {
	const seen = new Set<string>();
	for (const { id, path } of ids) {
		if (seen.has(id)) {
			at(path, {
				rule: 'entry/id',
				level: 'error',
				message: `"${id}" is used twice in this file.`,
				fix: 'Give each its own id; ticks and answers are kept under it.',
			});
		}
		seen.add(id);
	}
}

type At = (path: readonly PropertyKey[], found: Found) => void;
