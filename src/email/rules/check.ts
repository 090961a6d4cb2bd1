import type { Message } from '#/delivery/message.ts';
import type { Problem } from '#/problem.ts';
import { UserError } from '#/user-error.ts';
import type { MailFacts } from './facts.ts';
import { openMail } from './mail.ts';
import { mailRules } from './table.ts';

/** Holds a compiled message against every rule of the mail. */
export function checkMail(message: Message, facts: MailFacts): Problem[] {
	const mail = openMail(message, facts);
	return mailRules.flatMap(({ id, severity, fix, check }) =>
		check(mail).map((finding) => ({
			file: facts.file,
			rule: id,
			level: (finding.severity ?? severity) === 'B' ? ('error' as const) : ('warn' as const),
			field: 'mail',
			message: finding.message,
			fix: finding.fix ?? fix,
		})),
	);
}

/**
 * Stops where a mail may not go out as it is.
 * @throws UserError with every broken rule of severity B
 */
export function requireGoodMail(message: Message, facts: MailFacts): void {
	const errors = checkMail(message, facts).filter(({ level }) => level === 'error');
	if (errors.length === 0) return;
	throw new UserError(
		errors
			.map(({ file, rule, message: text, fix }) => `${file} ${rule}: ${text} ${fix}`)
			.join('\n'),
		`The mail of issue ${message.issue} breaks a rule. No mail was written.`,
	);
}
