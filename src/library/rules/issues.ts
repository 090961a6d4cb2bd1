import { addDays, weekdayOf } from '#/day.ts';
import { refsOf } from '#/library/entries.ts';
import { issueId } from '#/library/entry.ts';
import type { Entry, EntryOf } from '#/library/entry.ts';
import { issueWords } from '#/library/issue-words.ts';
import { countWords } from '#/library/words.ts';
import type { Problem } from '#/problem.ts';
import { bodyFinding, finding, isDraft } from './finding.ts';
import type { Found, ShelfFacts } from './finding.ts';

/** Numbers, dates, subjects and series of all issues together, and the size of each. */
export function checkIssues(shelf: ShelfFacts): Problem[] {
	const issues = shelf.entries
		.filter((entry): entry is EntryOf<'issue'> => entry.kind === 'issue')
		.toSorted((a, b) => a.data.number - b.data.number);
	const byRef = refsOf(shelf.entries);
	const problems: Problem[] = [];
	for (const issue of issues) {
		const at: At = (path, found) => problems.push(finding(shelf, issue, path, found));
		const earlier = issues.filter(
			(other) => other !== issue && other.data.number < issue.data.number,
		);
		checkNumber(issue, issues, at);
		checkDay(issue, issues, shelf, at);
		checkSubject(issue, earlier, at);
		checkTip(issue, earlier, byRef, at);
		checkSeries(issue, issues, shelf, at);
		checkParts(issue, problems, at);
		checkSize(issue, byRef, shelf, problems);
	}
	return problems;
}

function checkNumber(issue: EntryOf<'issue'>, issues: readonly EntryOf<'issue'>[], at: At): void {
	const { number } = issue.data;
	const inName = /^\d+/.exec(issue.slug)?.[0];
	if (inName !== issueId(number)) {
		at(['number'], {
			rule: 'issue/number',
			level: 'error',
			message: inName
				? `${number}, but the file name says ${inName}.`
				: `${number}, but the file name has no number.`,
			fix: inName ? 'Make them equal.' : `Rename the file to ${issueId(number)}-${issue.slug}.mdx.`,
		});
	}
	const twin = issues.find((other) => other !== issue && other.data.number === number);
	if (twin) {
		at(['number'], {
			rule: 'issue/number',
			level: 'error',
			message: `${number} is also the number of ${twin.file}.`,
			fix: 'Renumber one of the two.',
		});
	}
	const isMissing =
		!isDraft(issue) &&
		number > 1 &&
		!issues.some((other) => other.data.number === number - 1 && !isDraft(other));
	if (isMissing) {
		const before = issueId(number - 1);
		at(['number'], {
			rule: 'issue/gap',
			level: 'error',
			message: `${before} is missing among ready issues.`,
			fix: `Renumber, or make ${before} ready.`,
		});
	}
}

function checkDay(
	issue: EntryOf<'issue'>,
	issues: readonly EntryOf<'issue'>[],
	shelf: ShelfFacts,
	at: At,
): void {
	const { sendOn, number } = issue.data;
	const twin = issues.find((other) => other.data.number < number && other.data.sendOn === sendOn);
	if (twin) {
		at(['sendOn'], {
			rule: 'issue/day',
			level: 'error',
			message: `${sendOn} is also the day of ${twin.file}.`,
			fix: 'Move one of the two: readers get one issue a day.',
		});
	}
	const weekday = weekdayOf(sendOn);
	if (weekday !== shelf.settings.sendWeekday) {
		at(['sendOn'], {
			rule: 'issue/weekday',
			level: 'warn',
			message: `${sendOn} is a ${named(weekday)}; issues go out on a ${named(shelf.settings.sendWeekday)}.`,
			fix: 'Move it, or leave it if it is meant.',
		});
	}
	const isUnsent = !shelf.receipts.receipts.has(issue.slug.slice(0, 3));
	if (!isDraft(issue) && isUnsent && sendOn < shelf.today) {
		at(['sendOn'], {
			rule: 'issue/late',
			level: 'warn',
			message: `${sendOn} is past and the issue was not sent.`,
			fix: 'Send it by hand, or move its day. It is never sent by itself.',
		});
	}
}

function named(weekday: string): string {
	return weekday.charAt(0).toUpperCase() + weekday.slice(1);
}

function checkSubject(issue: EntryOf<'issue'>, earlier: readonly EntryOf<'issue'>[], at: At): void {
	const { subject, preheader } = issue.data;
	const report = (field: string, message: string, fix: string): void =>
		at([field], { rule: `issue/${field}`, level: 'error', message, fix });
	if (subject === subject.toUpperCase() && /\p{L}{2}/u.test(subject)) {
		report('subject', 'stands in capitals.', 'Write it as a sentence.');
	}
	if (/[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]/u.test(subject)) {
		report('subject', 'holds an emoji.', 'Take it out.');
	}
	if ((subject.match(/!/g)?.length ?? 0) > 1) {
		report('subject', 'holds more than one "!".', 'Keep one at most.');
	}
	const twin = earlier.find((other) => other.data.subject === subject);
	if (twin) {
		report(
			'subject',
			`is also the subject of ${twin.file}.`,
			'Mail programs fold equal subjects: change it.',
		);
	}
	if (preheader.toLowerCase().startsWith(subject.toLowerCase())) {
		report('preheader', 'begins with the subject.', 'The inbox shows both: say something more.');
	}
}

function checkTip(
	issue: EntryOf<'issue'>,
	earlier: readonly EntryOf<'issue'>[],
	byRef: ReadonlyMap<string, Entry>,
	at: At,
): void {
	if (issue.data.again) return;
	const nameOf = (ref: string): string => byRef.get(ref)?.ref ?? ref;
	const before = earlier.find((other) => nameOf(other.data.tip) === nameOf(issue.data.tip));
	if (!before) return;
	at(['tip'], {
		rule: 'issue/tip-again',
		level: 'error',
		message: `${issue.data.tip} led issue #${issueId(before.data.number)}.`,
		fix: 'Choose another, or add again: true.',
	});
}

function checkSeries(
	issue: EntryOf<'issue'>,
	issues: readonly EntryOf<'issue'>[],
	shelf: ShelfFacts,
	at: At,
): void {
	const { series } = issue.data;
	if (!series) return;
	const declared = shelf.settings.series.find(({ slug }) => slug === series.slug);
	if (!declared) {
		at(['series', 'slug'], {
			rule: 'issue/series',
			level: 'error',
			message: `"${series.slug}" is not a series of the settings.`,
			fix: `Declare it in settings.yaml, or use one of ${shelf.settings.series.map(({ slug }) => slug).join(', ') || '(none)'}.`,
		});
		return;
	}
	if (series.part > declared.length) {
		at(['series', 'part'], {
			rule: 'issue/series',
			level: 'error',
			message: `part ${series.part}, but the series has ${declared.length}.`,
			fix: 'Correct the part, or its length in settings.yaml.',
		});
	}
	const parts = issues.filter((other) => other.data.series?.slug === series.slug);
	const misplaced = parts.find(
		(other) =>
			other.data.number < issue.data.number && (other.data.series?.part ?? 0) >= series.part,
	);
	if (misplaced) {
		at(['series', 'part'], {
			rule: 'issue/series',
			level: 'error',
			message: `part ${series.part} comes after part ${misplaced.data.series?.part} of ${misplaced.file}.`,
			fix: 'Parts follow the numbers of their issues.',
		});
	}
	const isLast = parts.at(-1) === issue;
	if (isLast && series.part < declared.length && issue.data.sendOn <= addDays(shelf.today, 42)) {
		at(['series'], {
			rule: 'issue/series-next',
			level: 'warn',
			message: `part ${series.part + 1} of ${declared.length} is not on the calendar.`,
			fix: 'Plan it, or shorten the series in settings.yaml.',
		});
	}
}

function checkParts(issue: EntryOf<'issue'>, problems: Problem[], at: At): void {
	const { components, prose } = issue.body;
	const announcements = components.filter((name) => name === 'Announcement').length;
	const first = prose[0]?.line ?? 1;
	const body = (rule: string, message: string, fix: string, line = first): void => {
		problems.push(bodyFinding(issue, line, { rule, level: 'error', message, fix }));
	};
	if (announcements > 1) {
		body('issue/announcement', `${announcements} announcements.`, 'Keep one.');
	}
	if (announcements === 1 && !issue.data.announcement) {
		at(['announcement'], {
			rule: 'issue/announcement',
			level: 'error',
			message: 'missing, but the body holds an <Announcement>.',
			fix: 'Add announcement: { title: … }.',
		});
	}
	if (announcements === 0 && issue.data.announcement) {
		at(['announcement'], {
			rule: 'issue/announcement',
			level: 'error',
			message: 'has a title, but the body holds no <Announcement>.',
			fix: 'Write it in the body, or take the title out.',
		});
	}
	const start = prose.findIndex(({ component }) => component === 'Announcement');
	const late =
		start < 0 ? undefined : prose.slice(start).find((p) => p.component !== 'Announcement');
	if (late) {
		body(
			'issue/order',
			'text stands after the announcement.',
			'Put the announcement last.',
			late.line,
		);
	}
	const hook = prose.filter(({ component }) => component !== 'Announcement');
	const hookWords = hook.reduce((sum, { text }) => sum + countWords(text), 0);
	if (hookWords > 60) {
		body('issue/hook', `a hook of ${hookWords} words, at most 60.`, `Cut ${hookWords - 60}.`);
	}
	if (hookWords === 0)
		body('issue/hook', 'no hook.', 'Open with up to 60 words before the announcement.');
	const said = prose.filter(({ component }) => component === 'Announcement');
	const words = said.reduce((sum, { text }) => sum + countWords(text), 0);
	if (words > 150) {
		body(
			'issue/announcement',
			`an announcement of ${words} words, at most 150.`,
			`Cut ${words - 150}.`,
		);
	}
}

function checkSize(
	issue: EntryOf<'issue'>,
	byRef: ReadonlyMap<string, Entry>,
	shelf: ShelfFacts,
	problems: Problem[],
): void {
	const { parts, total } = issueWords({ contentDir: shelf.contentDir, byRef }, issue);
	const { warn, error } = shelf.settings.words;
	const line = issue.body.prose[0]?.line ?? 1;
	if (total > warn) {
		const longest = parts.toSorted((a, b) => b.words - a.words)[0];
		const limit = total > error ? error : warn;
		problems.push(
			bodyFinding(issue, line, {
				rule: 'issue/words',
				level: total > error ? 'error' : 'warn',
				message: `${total} words, at most ${limit}. Longest part: ${longest?.part}, ${longest?.words}.`,
				fix: `Cut ${total - limit} or more.`,
			}),
		);
	}
	const opening = parts
		.filter(({ part }) => part === 'title' || part === 'hook' || part === 'action')
		.reduce((sum, { words }) => sum + words, 0);
	if (opening > 100) {
		problems.push(
			bodyFinding(issue, line, {
				rule: 'issue/opening',
				level: 'error',
				message: `title, hook and action have ${opening} words, at most 100.`,
				fix: `Cut ${opening - 100} from the hook.`,
			}),
		);
	}
}

type At = (path: readonly PropertyKey[], found: Found) => void;
