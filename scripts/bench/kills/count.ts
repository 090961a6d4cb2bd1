import { UserError } from '#/user-error.ts';

/**
 * The value of a flag that counts.
 * @throws UserError where it is no whole number from 1 up
 */
export function countOf(flag: string, typed: string): number {
	if (/^[1-9]\d{0,8}$/.test(typed)) return Number(typed);
	throw new UserError(`--${flag} is "${typed}".`, 'Give it a whole number from 1 up.');
}
