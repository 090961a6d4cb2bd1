import { shortHash } from '#/delivery/canonical.ts';
import { payloadHash } from '#/delivery/message.ts';
import { Stop } from '#/delivery/stop.ts';
import type { GuardFacts } from './facts.ts';

/** Stops unless a person approved these very bytes, to these very people. */
export function refuseUnapproved({ payload, typed, issue }: GuardFacts): void {
	const hash = shortHash(payloadHash(payload));
	if (typed.approve === hash) return;
	const again = `Look at it with "npm run newsletter -- plan ${issue}", then approve what you saw: --approve ${hash}.`;
	if (typed.approve === undefined) {
		throw new Stop('not-approved', `Nobody approved issue ${issue} as it is (${hash}).`, again);
	}
	throw new Stop(
		'not-approved',
		`What was approved is ${typed.approve}; what would be sent is ${hash}.`,
		`The content, its look, the sender or the audience changed since. ${again}`,
	);
}
