import type { Settings } from '#/settings.ts';

/** The day of the letter, as a name. */
export function weekdayOf({ sendWeekday }: Settings): string {
	return sendWeekday.charAt(0).toUpperCase() + sendWeekday.slice(1);
}
