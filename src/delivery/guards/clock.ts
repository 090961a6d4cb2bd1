import { isoSeconds } from '#/delivery/schedule.ts';
import { Stop } from '#/delivery/stop.ts';
import type { GuardFacts, GuardPorts } from './facts.ts';

/**
 * Stops where this machine's clock and the provider's are over five minutes apart: one of them is
 * wrong, and nobody can tell which. The clock of a sandbox is moved on purpose. A program that stood
 * still since the list was read compares an old time, so the provider is asked again before that.
 */
export async function refuseClock({ listing }: GuardFacts, ports: GuardPorts): Promise<void> {
	if (ports.isSandbox || apartMs(ports.now(), listing.now) <= longestApartMs) return;
	const asked = await ports.provider.getUsage();
	const there = (asked.kind === 'ok' ? asked.at : undefined) ?? listing.now;
	const here = ports.now();
	if (apartMs(here, there) <= longestApartMs) return;
	throw new Stop(
		'clock',
		`This machine's clock says ${isoSeconds(here)}, the provider's ${isoSeconds(there)}: ${Math.round(apartMs(here, there) / 60_000)} minutes apart.`,
		'Set this machine’s clock by a time server, then run the same command again.',
	);
}

function apartMs(one: Date, other: Date): number {
	return Math.abs(one.getTime() - other.getTime());
}

const longestApartMs = 5 * 60_000;
