import { Stop } from './stop.ts';
import type { StopCode, StopKind } from './stop.ts';

/** A stop as an outcome: what a command prints, and the state things are in. */
export function stoppedBy({ code, kind, message, hint }: Stop, state: string): Stopped {
	return { kind: 'stopped', code, reason: kind, message, hint, state };
}

/** A broadcast is in a state that came to Resend after this program was written. */
export function strangeState(name: string, status: string): Stop {
	return new Stop(
		'state-unknown',
		`${name} is "${status}", a state this program does not know.`,
		'Look at it in the dashboard of Resend, and decide there.',
	);
}

/** A broadcast was stopped half-way, so that no second sending can be right. */
export function halfSent(name: string, code: StopCode = 'burnt'): Stop {
	return new Stop(
		code,
		`${name} was stopped while it went out: some readers have it, some never will.`,
		'It cannot be sent again. Write a correction issue.',
	);
}

export interface Stopped {
	kind: 'stopped';
	code: StopCode;
	reason: StopKind;
	/** What happened. */
	message: string;
	/** What to do. */
	hint: string | undefined;
	/** What is certain, and what is not. */
	state: string;
}
