import type { ParseArgsOptionsConfig } from 'node:util';
import type { Environment } from '#/environment.ts';

/** One command of the newsletter. */
export interface Command {
	/** As typed after `newsletter`. */
	usage: string;
	summary: string;
	/** Whether it takes an issue, a file in its place, or words that it reads itself. */
	issue: 'none' | 'optional' | 'required' | 'file' | 'words';
	options: ParseArgsOptionsConfig;
	/**
	 * Does it.
	 * @returns the exit code
	 * @throws UserError where nothing was sent
	 */
	run(call: Call, print: Print): Promise<number>;
}

export interface Call {
	/** `005`, or the file's path; there where the command requires one. */
	issue: string | undefined;
	/** What was typed, for a command that takes words. They may be addresses. */
	words?: readonly string[];
	values: Record<string, unknown>;
	environment: Environment;
}

/** Where words go: results to stdout, all else to stderr. */
export interface Print {
	result(text: string): void;
	progress(text: string): void;
}
