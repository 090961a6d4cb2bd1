import type { Stopped } from '#/delivery/stopped.ts';
import { stopKinds } from '#/delivery/stop.ts';
import type { StopCode } from '#/delivery/stop.ts';
import type { Print } from './command.ts';

/**
 * Says why a command stopped, what to do, and what state things are in.
 * @returns the exit code
 */
export function sayStopped(stopped: Stopped, print: Pick<Print, 'progress'>): number {
	print.progress(stopped.message);
	if (stopped.hint) print.progress(stopped.hint);
	print.progress(stopped.state);
	print.progress(codeLine(stopped.code));
	return stopKinds[stopped.reason];
}

/** Where a code is explained. */
export function codeLine(code: StopCode): string {
	return `Code ${code}: "When sending stops" in the guide explains it.`;
}

/** The exit code of several pieces of work: that of the one a person must look at first. */
export function worst(codes: readonly number[]): number {
	return urgency.find((code) => codes.includes(code)) ?? 0;
}

/** Mail that is out first, what is only temporary last. */
const urgency = [7, 6, 5, 3, 4, 2, 1, 10];
