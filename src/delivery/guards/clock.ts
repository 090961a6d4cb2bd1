import { isoSeconds } from '#/delivery/schedule.ts';
import { Stop } from '#/delivery/stop.ts';
import type { GuardFacts, GuardPorts } from './facts.ts';

/**
 * Stops where this machine's clock and the provider's are over five minutes apart: one of them is
 * wrong, and nobody can tell which. The clock of a sandbox is moved on purpose.
 */
export function refuseClock({ listing }: GuardFacts, ports: GuardPorts): void {
	if (ports.isSandbox) return;
	const here = ports.now();
	const apartMs = Math.abs(here.getTime() - listing.now.getTime());
	if (apartMs <= longestApartMs) return;
	throw new Stop(
		'clock',
		`This machine's clock says ${isoSeconds(here)}, the provider's ${isoSeconds(listing.now)}: ${Math.round(apartMs / 60_000)} minutes apart.`,
		'Set this machine’s clock by a time server, then run the same command again.',
	);
}

const longestApartMs = 5 * 60_000;
