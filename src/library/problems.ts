import { formatProblem } from '#/problem.ts';
import type { Problem } from '#/problem.ts';
import { UserError } from '#/user-error.ts';

/**
 * Stops a build over content with errors.
 * @throws UserError listing every one of them
 */
export function requireNoErrors(problems: readonly Problem[]): void {
	const errors = errorsAmong(problems);
	if (errors.length === 0) return;
	throw new UserError(
		`The content has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}:\n${errors.map(formatProblem).join('\n')}`,
		'Correct them, or run "npm run content -- check" for warnings too. Nothing was built.',
	);
}

/** Those that stop a build. */
export function errorsAmong(problems: readonly Problem[]): Problem[] {
	return problems.filter(
		// A promo without a briefing must be seen on the staff home page, so it stops no build.
		({ level, rule }) => level === 'error' && rule !== 'promo/unbriefed',
	);
}
