import { findAudience } from '#/delivery/audience.ts';
import type { AudienceIds } from '#/delivery/message.ts';
import { machinePace } from '#/delivery/pace.ts';
import type { Pace } from '#/delivery/pace.ts';
import { peopleWrites } from '#/delivery/people.ts';
import type { People } from '#/delivery/people.ts';
import { listProperties, propertyFaults } from '#/delivery/properties.ts';
import { openPeople } from '#/delivery/resend-people.ts';
import type { Environment } from '#/environment.ts';
import { readSettings } from '#/settings.ts';
import type { Settings } from '#/settings.ts';
import { UserError } from '#/user-error.ts';
import type { Print } from '../command.ts';
import { openDestination } from '../destination.ts';
import type { Guard } from '../signals.ts';

/**
 * Opens the list of people, and says first where it is.
 * @throws UserError or Stop where there is none, or setup was not run
 */
export async function openPeopleDesk(environment: Environment, print: Print): Promise<PeopleDesk> {
	const settings = readSettings(environment.contentDir);
	const { provider, sandbox, now, clock } = await openDestination(environment, print);
	const pace = machinePace();
	const account = sandbox
		? { key: 're_sandbox', baseUrl: sandbox.url }
		: { key: environment.resendKey ?? '', baseUrl: environment.resendBaseUrl };
	const audience = await findAudience(settings.delivery, provider);
	const faults = propertyFaults(await listProperties(provider));
	if (faults.length > 0) {
		throw new UserError(
			`Consent cannot be kept at the provider: ${faults.join(' ')}`,
			'Run "npm run newsletter -- setup". Nothing was changed.',
		);
	}
	return {
		settings,
		audience,
		people: openPeople(account, pace),
		pace,
		now: sandbox ? now : clock(),
	};
}

/** The same people, but after a signal no write of theirs begins. */
export function guardPeople(people: People, guard: Pick<Guard, 'check'>): People {
	return new Proxy(people, {
		get(target, key, receiver) {
			const value: unknown = Reflect.get(target, key, receiver);
			const isWrite = peopleWrites.some((name) => name === key);
			if (!isWrite || typeof value !== 'function') return value;
			return async (...given: unknown[]) => {
				guard.check();
				const answer: unknown = await Reflect.apply(value, target, given);
				return answer;
			};
		},
	});
}

/** Says how far something long is, every ten seconds at most. */
export function progressOf(doing: string, pace: Pace, print: Pick<Print, 'progress'>) {
	const begun = pace.elapsed();
	let said = begun;
	return (done: number, all: number): void => {
		const now = pace.elapsed();
		if (now - said < 10_000 || done === 0) return;
		said = now;
		const minutes = Math.ceil(((now - begun) / done) * (all - done) * (1 / 60_000));
		print.progress(`${doing} ${done} of ${all}; about ${minutes} min more.`);
	};
}

export interface PeopleDesk {
	settings: Settings;
	audience: AudienceIds;
	people: People;
	pace: Pace;
	/** The sandbox's time, or the machine's. */
	now: Date;
}
