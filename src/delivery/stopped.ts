import type { Stop, StopCode, StopKind } from './stop.ts';

/** A stop as an outcome: what a command prints, and the state things are in. */
export function stoppedBy({ code, kind, message, hint }: Stop, state: string): Stopped {
	return { kind: 'stopped', code, reason: kind, message, hint, state };
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
