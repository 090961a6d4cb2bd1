/**
 * What makes a list one that people use at the moment it is for (Gawande, The Checklist Manifesto):
 * a named pause, five to nine points, each one thing in plain words that can be seen to be done, and
 * not longer to read aloud than a minute and a half. All of these warn: an editor who has tried a
 * list with people knows better than a rule.
 */
import type { EntryOf } from '#/library/entry.ts';
import { countWords } from '#/library/words.ts';
import type { Problem } from '#/problem.ts';
import { finding } from './finding.ts';
import type { Found, ShelfFacts } from './finding.ts';
import { sentencesOf } from './readability.ts';

/** Each checklist by itself. That its mode is chosen and its pause is given, the schema asks. */
export function checkChecklists(shelf: ShelfFacts): Problem[] {
	return shelf.entries.flatMap((entry) =>
		entry.kind === 'checklist'
			? [...checkPause(entry), ...checkLength(entry), ...checkPoints(entry)].map(
					({ path, ...found }) => finding(shelf, entry, path, { level: 'warn', ...found }),
				)
			: [],
	);
}

function checkPause({ data }: Checklist): Placed[] {
	if (moments.test(data.pause)) return [];
	return [
		{
			path: ['pause'],
			rule: 'checklist/pause',
			message: `"${data.pause}" names no moment.`,
			fix: 'Say when to stop: before, after, when, each time, on which day.',
		},
	];
}

function checkLength({ data }: Checklist): Placed[] {
	const items = data.sections.flatMap((section) => section.items);
	const words = items.reduce((sum, { text }) => sum + countWords(text), 0);
	const problems: Placed[] = [];
	if (items.length < fewest || items.length > most) {
		problems.push({
			path: ['sections'],
			rule: 'checklist/length',
			message: `${items.length} points; people go through ${fewest} to ${most} at one pause.`,
			fix:
				items.length < fewest
					? 'Add what skilled people miss, or make a tip of it.'
					: 'Keep what skilled people miss, or make two lists, each with its own pause.',
		});
	}
	if (words > mostWords) {
		problems.push({
			path: ['sections'],
			rule: 'checklist/aloud',
			message: `${words} words take more than 90 seconds to read aloud.`,
			fix: `Cut ${words - mostWords} or more.`,
		});
	}
	return problems;
}

function checkPoints({ data }: Checklist): Placed[] {
	return data.sections.flatMap(({ items }, s) =>
		items.flatMap(({ text }, i) => {
			const path = ['sections', s, 'items', i, 'text'];
			const vague = vagueWords.exec(text)?.[0];
			const words = countWords(text);
			const isTwo = / and then |; |, then /.test(text) || sentencesOf(text).length > 1;
			return [
				vague !== undefined && {
					path,
					rule: 'checklist/vague',
					message: `"${vague}" cannot be seen to be done.`,
					fix: 'Say what is there when it is done: "Dates agreed", not "Check the dates properly".',
				},
				isTwo && {
					path,
					rule: 'checklist/one-thing',
					message: 'holds two things, and one box cannot say which of them is done.',
					fix: 'Make two points of it, or keep the one that people miss.',
				},
				words > mostWordsOfPoint && {
					path,
					rule: 'checklist/point',
					message: `${words} words, at most ${mostWordsOfPoint}.`,
					fix: 'Cut it to what is read aloud in one breath.',
				},
			].filter((problem) => problem !== false);
		}),
	);
}

const fewest = 5;
const most = 9;

/** 90 seconds at 150 words a minute. */
const mostWords = 225;

const mostWordsOfPoint = 16;

const moments =
	/\b(?:before|after|when(?:ever)?|while|until|each|every|once|as soon as|at|on|within|during|between|first|last|next|days?|weeks?|months?|quarters?|hours?|minutes?|morning|evening|noon|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b/i;

const vagueWords =
	/\b(?:make sure|ensure|try to|consider|think about|be aware|keep in mind|remember to|as needed|as appropriate|appropriately|where appropriate|if necessary|if possible|if needed|properly|adequate(?:ly)?|sufficient(?:ly)?|etc|and so on|double-check|follow up|look into|work on|deal with)\b/i;

type Checklist = EntryOf<'checklist'>;
type Placed = Omit<Found, 'level'> & { path: PropertyKey[] };
