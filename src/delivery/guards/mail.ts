import { Stop } from '#/delivery/stop.ts';
import type { GuardFacts } from './facts.ts';

/** Stops where the lint found an error in the message. */
export function refuseMail({ problems, issue }: GuardFacts): void {
	const errors = problems.filter((problem) => problem.level === 'error');
	if (errors.length === 0) return;
	throw new Stop(
		'mail',
		errors.map((problem) => `${problem.message} ${problem.fix}`).join('\n'),
		`Run "npm run newsletter -- check ${issue}" after correcting it.`,
	);
}
