import { UserError } from '#/user-error.ts';
import type { Outcome } from './provider.ts';

/**
 * Ends the protocol before its goal. Thrown by a step, turned into an outcome by the caller.
 * The message says what happened, the hint what to do; what state things are in is added by the
 * caller, who knows which writes came before.
 */
export class Stop extends UserError {
	override name = 'Stop';
	readonly kind: StopKind;

	constructor(kind: StopKind, message: string, hint?: string, options?: ErrorOptions) {
		super(message, hint, options);
		this.kind = kind;
	}
}

/** Why the protocol may stop, with the exit code of each. */
export const stopKinds = {
	/** Usage, settings or content. */
	usage: 2,
	/** The provider said no. */
	'provider-refused': 3,
	/** A guard of ours said no. */
	refused: 4,
	/** A write may or may not have been done. */
	unclear: 5,
	/** Two facts contradict each other; a person must decide. */
	conflict: 6,
	/** Mail goes out, but not as recorded. */
	wrong: 7,
	/** Nothing was begun; the same command may simply be run again. */
	temporary: 10,
} as const satisfies Record<string, number>;

export type StopKind = keyof typeof stopKinds;

/**
 * The value of a read.
 * @param doing - what was being done, after "could not": `list the broadcasts`
 * @throws Stop for anything but `ok`. A read changes nothing, so this is never `unclear`
 */
export function readValue<T>(outcome: Outcome<T>, doing: string): T {
	if (outcome.kind === 'ok') return outcome.value;
	if (outcome.kind === 'refused') throw refusal(outcome, doing);
	throw new Stop(
		'temporary',
		`Could not ${doing}: ${outcome.message}`,
		'Run the same command again in a few minutes.',
	);
}

/**
 * What a refusal means for the person at the keyboard.
 * @param doing - what was being done, after "to": `create the draft`
 */
export function refusal(refused: Refused, doing: string): Stop {
	const said = `The provider refused to ${doing}: ${refused.status} ${refused.name}: ${refused.message}`;
	if (refused.status === 429 && !isQuota(refused)) {
		return new Stop('temporary', said, 'Wait a minute, then run the same command again.');
	}
	if (refused.status === 409) {
		return new Stop('temporary', said, 'Something else is using it. Run the same command again.');
	}
	return new Stop('provider-refused', said, hintFor(refused));
}

/** True where the account's allowance is used up: waiting a moment does not help. */
export function isQuota(refused: Refused): boolean {
	return /quota/i.test(refused.name);
}

function hintFor(refused: Refused): string {
	if (isQuota(refused) || /quota/i.test(refused.message)) {
		return 'Raise the plan or remove contacts at the provider, then run the same command again.';
	}
	if (refused.status === 401) {
		return 'RESEND_API_KEY must be a key with full access; make one in the dashboard of Resend.';
	}
	if (refused.status === 403) {
		return 'Check in the dashboard of Resend that the sender domain is verified and the account is active.';
	}
	return 'Correct what the provider names, then run the same command again.';
}

export type Refused = Extract<Outcome<never>, { kind: 'refused' }>;
