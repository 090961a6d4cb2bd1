import { isTooEarly, isTooLate, isoSeconds, localToInstant } from '#/delivery/schedule.ts';
import { Stop } from '#/delivery/stop.ts';
import type { GuardFacts } from './facts.ts';

/**
 * Stops where the plan's local time is another instant here than where the plan was made: the two
 * machines know different laws about that zone.
 */
export function refuseZone({ planned, tz, issue }: GuardFacts): void {
	const here = instantOf(planned.local, planned.zone);
	if (here === planned.utc) return;
	throw new Stop(
		'zone',
		`${planned.local} in ${planned.zone} is ${here} by the zones of this machine (${tz}); the plan says ${planned.utc} (${planned.tz}).`,
		`Bring both machines to the same version of Node, then make the plan again: "npm run newsletter -- plan ${issue}".`,
	);
}

/** Stops where the planned time has passed by more than six hours, unless its day was typed. */
export function refuseTooLate({ planned, undoMinutes, listing, typed, issue }: GuardFacts): void {
	const day = planned.local.slice(0, 10);
	if (typed.late !== undefined && typed.late !== day) {
		throw new Stop(
			'too-late',
			`--late names ${typed.late}; issue ${issue} was planned for ${day}.`,
			`To send it although its time has passed, type its planned day: --late ${day}.`,
		);
	}
	if (typed.late === day || !isTooLate(new Date(planned.utc), listing.now, undoMinutes)) return;
	throw new Stop(
		'too-late',
		`Issue ${issue} was planned for ${planned.utc}; at ${isoSeconds(listing.now)} that is over 6 hours ago.`,
		`Give the issue a sendOn that is still to come, or send it late on purpose: --late ${day}.`,
	);
}

/** Stops where the plan lies further ahead than a reservation is kept. */
export function refuseTooEarly({ planned, listing, issue }: GuardFacts): void {
	if (!isTooEarly(new Date(planned.utc), listing.now)) return;
	throw new Stop(
		'too-early',
		`Issue ${issue} is planned for ${planned.utc}, more than 30 days after ${isoSeconds(listing.now)}.`,
		'Run the command again nearer to the day.',
	);
}

function instantOf(local: string, zone: string): string {
	try {
		return isoSeconds(localToInstant(local, zone));
	} catch (error) {
		if (error instanceof RangeError) return 'no time';
		throw error;
	}
}
