import type { Settings } from '#/settings.ts';
import type { LimitChoices } from './limits.ts';

/** How people join: what the settings say, and what is the same for every firm. */
export function choicesOf({ subscriptions }: Pick<Settings, 'subscriptions'>): Choices {
	const { windowHours, validHours, welcome, puzzle, limits } = subscriptions;
	return {
		windowHours,
		validHours,
		stampSeconds: { least: 3, most: 3600 },
		waitSeconds: 60,
		floorMs: 250,
		requestMs: 8_000,
		hasWelcome: welcome,
		limits: {
			puzzle,
			perClient: { minute: limits.perClientMinute, hour: limits.perClientHour },
			perDomainHour: limits.perDomainHour,
			perHour: limits.perHour,
			perHourSolved: limits.perHourSolved,
			perHourWaited: limits.perHourWaited,
			perDay: limits.perDay,
			perMailbox: limits.perMailboxDay,
			entries: 100_000,
		},
	};
}

export interface Choices {
	/** Hours in which one address gets one confirm mail at most. */
	windowHours: number;
	/** Hours a link lives after its window. */
	validHours: number;
	/** How old a form must be, and may be, when it is sent. */
	stampSeconds: { least: number; most: number };
	/** How long a person without a script waits instead of solving the puzzle. */
	waitSeconds: number;
	/** No sign-up is answered faster than this, so that no answer tells what the provider did. */
	floorMs: number;
	/** No request takes longer; then it is answered that it is unclear. */
	requestMs: number;
	/** True sends a mail to those who just confirmed. */
	hasWelcome: boolean;
	limits: LimitChoices;
}
