import type { Mail } from './mail.ts';

/**
 * What was found wrong.
 * @param fix - what to do, where the rule's own words do not fit
 */
export function found(isWrong: boolean, message: string, fix?: string): Finding[] {
	return isWrong ? [{ message, ...(fix !== undefined && { fix }) }] : [];
}

/** The first words of a text, for messages. */
export function excerpt(text: string): string {
	const line = text.trim().replace(/\s+/g, ' ');
	return line.length > 50 ? `${line.slice(0, 49)}…` : line;
}

/** One rule of the mail, as data. */
export interface Rule {
	/** Stable: `mail/01-document`. */
	id: string;
	/** Its place in the list of rules. */
	number: number;
	/** `B` stops the build, `W` warns. */
	severity: 'B' | 'W';
	/** What holds for every mail. */
	title: string;
	/** What to do where it does not hold. */
	fix: string;
	check(mail: Mail): Finding[];
}

export interface Finding {
	message: string;
	/** Replaces the rule's own. */
	fix?: string;
	/** `W` where this one finding only warns. */
	severity?: 'W';
}
