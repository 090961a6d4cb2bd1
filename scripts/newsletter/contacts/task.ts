import type { Environment } from '#/environment.ts';
import type { Print } from '../command.ts';

/** One thing that `contacts` does. */
export interface Task {
	/** As typed after `contacts`. */
	form: string;
	/** Names of the options it takes. */
	options: readonly string[];
	/**
	 * Does it.
	 * @returns the exit code
	 * @throws UserError where nothing, or nothing more, was done
	 */
	run(call: TaskCall, print: Print): Promise<number>;
}

interface TaskCall {
	/** The file, or the address. */
	word: string | undefined;
	values: Record<string, unknown>;
	environment: Environment;
}
