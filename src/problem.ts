/** One finding in what a person wrote: where it is, what was found, and how to put it right. */
export interface Problem {
	/** Path below the content folder, with forward slashes: `tips/over-the-line.mdx`. */
	file: string;
	/** 1-based; absent where the finding belongs to the whole file. */
	line?: number | undefined;
	/** 1-based, in UTF-16 units. */
	column?: number | undefined;
	/** Stable name of the rule, for tests and suppression lists: `body/expression`. */
	rule: string;
	/** `error` stops ready content; `warn` is listed; `report` sums up many items. */
	level: 'error' | 'warn' | 'report';
	/** The field, or `body`; empty where neither applies. */
	field?: string | undefined;
	/** What was found and which rule it breaks. */
	message: string;
	/** What to do about it. */
	fix: string;
}

/** Renders a problem as one line that terminals link: `file:line:column field: message fix`. */
export function formatProblem(problem: Problem): string {
	const place = [problem.file, problem.line, problem.line && problem.column]
		.filter((part) => part !== undefined)
		.join(':');
	const field = problem.field ? ` ${problem.field}:` : '';
	return `${place}${field} ${problem.message} ${problem.fix}`.trimEnd();
}

/** Orders problems by file, then position, then rule, so that two runs print the same list. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
	return problems.toSorted(
		(a, b) =>
			a.file.localeCompare(b.file, 'en') ||
			(a.line ?? 0) - (b.line ?? 0) ||
			(a.column ?? 0) - (b.column ?? 0) ||
			a.rule.localeCompare(b.rule, 'en'),
	);
}
