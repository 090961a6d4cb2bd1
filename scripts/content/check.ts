import { join, relative } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { environment } from '#/environment.ts';
import { readShelf } from '#/library/shelf.ts';
import { formatProblem } from '#/problem.ts';
import type { Problem } from '#/problem.ts';
import { checkFrozen } from './frozen.ts';

/**
 * Checks the whole content folder and prints every problem, one a line, then one line of counts.
 * Exit code 1 if there is an error. `--json` prints the problems as data, `--quiet` errors only.
 */
export async function checkContent(args: string[]): Promise<void> {
	const { values } = parseArgs({
		args,
		options: { json: { type: 'boolean' }, quiet: { type: 'boolean' } },
	});
	const { contentDir, receiptsDir, cacheDir, now, isCi } = environment();
	const shelf = await readShelf({
		contentDir,
		receiptsDir,
		audience: 'staff',
		now,
		cacheDir: join(cacheDir, 'library'),
	});
	const problems = [...shelf.problems, ...checkFrozen(shelf, { contentDir, now })];
	const count = (level: Problem['level']): number =>
		problems.filter((problem) => problem.level === level).length;
	if (count('error') > 0) process.exitCode = 1;
	if (values.json) {
		console.log(JSON.stringify(problems, null, '\t'));
		return;
	}
	const folder = relative(process.cwd(), contentDir);
	for (const problem of problems) {
		if (values.quiet && problem.level !== 'error') continue;
		const shown = { ...problem, file: join(folder, problem.file) };
		console.log(`${marks[problem.level]} ${formatProblem(shown)}`);
		if (isCi) console.log(annotation(shown));
	}
	console.log(
		`${plural(count('error'), 'error')}, ${plural(count('warn'), 'warning')}, ${plural(count('report'), 'remark')} in ${plural(shelf.entries.length, 'entry', 'entries')} (${folder}).`,
	);
}

const marks = {
	error: styleText('red', 'error'),
	warn: styleText('yellow', 'warn '),
	report: styleText('blue', 'note '),
};

/** A line that GitHub shows beside the file in a pull request. */
function annotation(problem: Problem): string {
	const level = { error: 'error', warn: 'warning', report: 'notice' }[problem.level];
	const escape = (text: string): string =>
		text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
	const place = [
		`file=${problem.file}`,
		...(problem.line ? [`line=${problem.line}`] : []),
		...(problem.column ? [`col=${problem.column}`] : []),
	].join(',');
	return `::${level} ${place}::${escape(`${problem.field ?? ''} ${problem.message} ${problem.fix}`.trim())}`;
}

function plural(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}
