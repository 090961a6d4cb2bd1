import { lintMessage } from '#/delivery/preflight.ts';
import type { Message } from '#/delivery/message.ts';
import { planTime } from '#/delivery/schedule.ts';
import type { Planned } from '#/delivery/schedule.ts';
import { compileIssue } from '#/email/compile.ts';
import { checkMail } from '#/email/rules/check.ts';
import { factsOf } from '#/email/rules/facts.ts';
import type { Environment } from '#/environment.ts';
import { all } from '#/library/entries.ts';
import type { Library } from '#/library/entries.ts';
import { issueId } from '#/library/entry.ts';
import type { EntryOf } from '#/library/entry.ts';
import { kindNames, kinds } from '#/library/kinds.ts';
import { namedBy } from '#/library/links.ts';
import { openContent } from '#/library/shelf.ts';
import { formatProblem, sortProblems } from '#/problem.ts';
import type { Problem } from '#/problem.ts';
import type { Settings } from '#/settings.ts';
import { UserError } from '#/user-error.ts';

/**
 * Every issue of the content folder, drafts included, by number.
 * @throws UserError where the settings cannot be read
 */
export async function openIssues(where: Where): Promise<Issues> {
	const { library, problems } = await openContent({
		contentDir: where.environment.contentDir,
		receiptsDir: where.receiptsDir,
		audience: 'staff',
		isPreview: true,
		now: where.now,
	});
	return { library, problems, settings: library.settings, issues: all(library, 'issue') };
}

/** When an issue is to be sent. */
export function plannedOf(issue: EntryOf<'issue'>, settings: Settings): Planned {
	return planTime(
		issue.data.sendOn,
		settings.sendTime,
		settings.timeZone,
		process.versions['tz'] ?? 'unknown',
	);
}

/**
 * Compiles an issue as readers will get it: from the public library of its send day.
 * @throws UserError where there is no such issue, it is a draft, or it cannot be compiled
 */
export async function compile(id: string, where: Where): Promise<Edition> {
	const { issues, settings, problems: found } = await openIssues(where);
	const draft = issues.find((issue) => issueId(issue.data.number) === id);
	if (!draft) {
		const broken = found.filter(({ file }) => file.startsWith(`issues/${id}-`));
		if (broken.length > 0) {
			throw new UserError(broken.map(formatProblem).join('\n'), 'Correct it first.');
		}
		const known = issues.map((issue) => issueId(issue.data.number)).join(', ');
		throw new UserError(
			`There is no issue ${id}.`,
			known === '' ? 'Write one in content/issues.' : `There are: ${known}.`,
		);
	}
	if (draft.data.status !== 'ready') {
		throw new UserError(
			`${draft.file}: issue ${id} is a draft.`,
			'Set its status to ready once it may go out. Nothing was sent.',
		);
	}
	const planned = plannedOf(draft, settings);
	const { library, problems } = await openContent({
		contentDir: where.environment.contentDir,
		receiptsDir: where.receiptsDir,
		audience: 'public',
		now: new Date(planned.utc),
	});
	const issue = all(library, 'issue').find((entry) => entry.ref === draft.ref);
	if (!issue) {
		const findings = problems.filter((problem) => problem.file === draft.file);
		throw new UserError(
			findings.map(formatProblem).join('\n') ||
				`${draft.file}: issue ${id} is not public on its own day.`,
			`Run "npm run newsletter -- check ${id}".`,
		);
	}
	const message = compileIssue(library, issue);
	return {
		issue,
		message,
		planned,
		settings,
		stem: issue.slug,
		contentProblems: ofInterest(problems, issue, library),
		mailProblems: mailProblems(library, issue, message),
	};
}

/** What the last line before a send finds, and the rules of the mail for all that it does not say. */
function mailProblems(library: Library, issue: EntryOf<'issue'>, message: Message): Problem[] {
	const lint = lintMessage(message, library.settings.postalAddress, issue.file);
	const said = new Set(lint.map(({ rule }) => rule));
	// `mail/06-size` would say what `mail/size` has said.
	const more = checkMail(message, factsOf(library, issue)).filter(
		({ rule }) => !said.has(rule.replace(/\d\d-/, '')),
	);
	return sortProblems([...lint, ...more]);
}

/** The problems of the issue itself, of what it names, and of what holds for everything. */
function ofInterest(
	problems: readonly Problem[],
	issue: EntryOf<'issue'>,
	library: Library,
): Problem[] {
	const refs = [issue.ref, issue.data.author, ...namedBy(issue)];
	const files = new Set(refs.map((ref) => library.byRef.get(ref)?.file ?? fileOf(ref)));
	files.add('settings.yaml');
	return problems.filter((problem) => files.has(problem.file));
}

/** Where an entry would lie that is not in the library, perhaps because its fields do not hold. */
function fileOf(ref: string): string | undefined {
	const [name = '', slug = ''] = ref.split('/');
	const kind = kindNames.find((known) => known === name);
	return kind && `${kinds[kind].folder}/${slug}.${kinds[kind].extension}`;
}

/** What content is read by. */
export interface Where {
	environment: Environment;
	receiptsDir: string | undefined;
	now: Date;
}

export interface Issues {
	library: Library;
	problems: Problem[];
	settings: Settings;
	issues: EntryOf<'issue'>[];
}

/** An issue, compiled. */
export interface Edition {
	issue: EntryOf<'issue'>;
	message: Message;
	planned: Planned;
	settings: Settings;
	/** File name of the issue without its ending; its receipt is named after it. */
	stem: string;
	/** Of the issue and what it names. */
	contentProblems: Problem[];
	/** Of the compiled mail. */
	mailProblems: Problem[];
}
