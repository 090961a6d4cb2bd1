import type { LimitChoices } from './limits.ts';

/** What a firm may choose of how people join; these are the defaults. */
export const defaultChoices: Choices = {
	windowHours: 24,
	validHours: 48,
	stampSeconds: { least: 3, most: 3600 },
	floorMs: 250,
	requestMs: 8_000,
	hasWelcome: true,
	wording: {
		version: '2026-11',
		text: 'Yes, send me the letter by e-mail, one a week. I can leave at any time.',
	},
	limits: {
		perClient: { minute: 5, hour: 20 },
		perDomainHour: 60,
		perHour: 500,
		perDay: undefined,
		perMailbox: 3,
		entries: 100_000,
	},
};

export interface Choices {
	/**
	 * Hours in which one address gets one confirm mail at most; 1 to 24, for the provider forgets its
	 * keys after that.
	 */
	windowHours: number;
	/** Hours a link lives after its window. */
	validHours: number;
	/** How old a form must be, and may be, when it is sent. */
	stampSeconds: { least: number; most: number };
	/** No sign-up is answered faster than this, so that no answer tells what the provider did. */
	floorMs: number;
	/** No request takes longer; then it is answered that it is unclear. */
	requestMs: number;
	/** True sends a mail to those who just confirmed. */
	hasWelcome: boolean;
	/**
	 * The words a person agrees to. Whoever changes the text gives it a new version: the version is
	 * kept with each consent, the text in git.
	 */
	wording: { version: string; text: string };
	limits: LimitChoices;
}
