import { UserError } from '#/user-error.ts';
import type { Outcome } from './provider.ts';

/**
 * Ends the protocol before its goal. Thrown by a step, turned into an outcome by the caller.
 * The message says what happened, the hint what to do; what state things are in is added by the
 * caller, who knows which writes came before. The code is what the operator's guide explains.
 */
export class Stop extends UserError {
	override name = 'Stop';
	readonly code: StopCode;

	constructor(code: StopCode, message: string, hint?: string, options?: ErrorOptions) {
		super(message, hint, options);
		this.code = code;
	}

	get kind(): StopKind {
		return stopCodes[this.code];
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

/** Every code, with its kind. Each has a section in the operator's guide and a test that reaches it. */
export const stopCodes = {
	content: 'usage',
	frozen: 'usage',
	'test-recipients': 'usage',
	'test-placeholder': 'usage',

	provider: 'provider-refused',
	key: 'provider-refused',
	sender: 'provider-refused',
	quota: 'provider-refused',
	'test-key': 'provider-refused',

	'audience-missing': 'refused',
	'audience-twice': 'refused',
	'topic-default': 'refused',
	nobody: 'refused',
	'audience-changed': 'refused',
	'audience-cap': 'refused',
	mail: 'refused',
	'too-early': 'refused',
	'too-late': 'refused',
	'not-approved': 'refused',
	week: 'refused',
	page: 'refused',
	links: 'refused',
	clock: 'refused',
	zone: 'refused',
	domain: 'refused',
	tracking: 'refused',
	'contacts-quota': 'refused',
	health: 'refused',
	'first-send': 'refused',
	held: 'refused',
	'not-held': 'refused',
	burnt: 'refused',
	'scheduled-other': 'refused',
	attempt: 'refused',
	'nothing-to-hold': 'refused',
	'repair-refused': 'refused',
	'test-stranger': 'refused',

	'setup-unclear': 'unclear',
	'create-unclear': 'unclear',
	'update-unclear': 'unclear',
	'schedule-unclear': 'unclear',
	'hold-unclear': 'unclear',
	'verify-unclear': 'unclear',
	'test-unclear': 'unclear',

	'state-unknown': 'conflict',
	'two-live': 'conflict',
	'sent-other': 'conflict',
	stray: 'conflict',
	gone: 'conflict',
	edited: 'conflict',
	'other-time': 'conflict',
	'receipt-unreadable': 'conflict',
	'receipt-site': 'conflict',
	'receipt-content': 'conflict',
	'receipt-plan': 'conflict',

	'hold-late': 'wrong',
	'not-sent': 'wrong',
	'stray-out': 'wrong',
	numbers: 'wrong',

	unreachable: 'temporary',
	'list-torn': 'temporary',
	'no-clock': 'temporary',
	rate: 'temporary',
	locked: 'temporary',
	'draft-vanished': 'temporary',
	'receipt-not-kept': 'temporary',
	interrupted: 'temporary',
} as const satisfies Record<string, StopKind>;

export type StopCode = keyof typeof stopCodes;

/**
 * The value of a read.
 * @param doing - what was being done, after "could not": `list the broadcasts`
 * @throws Stop for anything but `ok`. A read changes nothing, so this is never `unclear`
 */
export function readValue<T>(outcome: Outcome<T>, doing: string): T {
	if (outcome.kind === 'ok') return outcome.value;
	if (outcome.kind === 'refused') throw refusal(outcome, doing);
	throw new Stop(
		'unreachable',
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
		return new Stop('rate', said, 'Wait a minute, then run the same command again.');
	}
	if (refused.status === 409) {
		return new Stop('locked', said, 'Something else is using it. Run the same command again.');
	}
	return new Stop(codeFor(refused), said, hintFor(refused));
}

/** True where the account's allowance is used up: waiting a moment does not help. */
export function isQuota(refused: Refused): boolean {
	return /quota/i.test(refused.name);
}

function codeFor(refused: Refused): StopCode {
	if (isQuota(refused) || /quota/i.test(refused.message)) return 'quota';
	if (refused.status === 401) return 'key';
	return refused.status === 403 ? 'sender' : 'provider';
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
