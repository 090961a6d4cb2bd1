import { issueId } from '#/library/entry.ts';
import { formatProblem } from '#/problem.ts';
import type { Problem } from '#/problem.ts';
import { UserError } from '#/user-error.ts';
import type { Command } from './command.ts';
import { compile, openIssues } from './edition.ts';
import type { Where } from './edition.ts';

/** Every finding about the mail of one issue, or of all that are ready. */
export const check: Command = {
	usage: 'check [NNN]',
	summary: 'Every finding about the mail of an issue, or of all ready ones.',
	issue: 'optional',
	options: {},
	async run({ issue, environment }, print) {
		const where: Where = {
			environment,
			receiptsDir: environment.receiptsDir,
			now: environment.now,
		};
		const ids = issue === undefined ? await readyIds(where) : [issue];
		const findings = (await Promise.all(ids.map((id) => findingsOf(id, where)))).flat();
		for (const line of new Set(findings.map(({ text }) => text))) print.result(line);
		const errors = findings.filter(({ level }) => level === 'error').length;
		print.progress(
			`${ids.length === 1 ? `Issue ${ids[0]}` : `${ids.length} issues`}: ` +
				(findings.length === 0
					? 'no findings.'
					: `${errors} errors, ${findings.length - errors} warnings.`) +
				' Nothing was sent.',
		);
		return errors > 0 ? 2 : 0;
	},
};

async function readyIds(where: Where): Promise<string[]> {
	const { issues } = await openIssues(where);
	return issues
		.filter((issue) => issue.data.status === 'ready')
		.map((issue) => issueId(issue.data.number));
}

async function findingsOf(id: string, where: Where): Promise<Finding[]> {
	try {
		const { contentProblems, mailProblems } = await compile(id, where);
		return [...contentProblems, ...mailProblems].map((problem) => ({
			level: problem.level,
			text: `${problem.level === 'error' ? '' : `${problem.level}: `}${formatProblem(problem)}`,
		}));
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return [{ level: 'error', text: [error.message, error.hint ?? ''].join(' ').trim() }];
	}
}

interface Finding {
	level: Problem['level'];
	text: string;
}
