import { styleText } from 'node:util';
import { UserError } from '#/user-error.ts';

/**
 * Runs one of a script's commands and sets the exit code: 0 done, 1 refused or failed, 2 wrong
 * usage. A command may set its own code and return.
 * @param name - the npm script's name, for the usage text
 * @param args - what was typed after it
 */
export async function run(
	name: string,
	commands: Record<string, Command>,
	args: readonly string[],
): Promise<void> {
	const [wanted, ...rest] = args;
	if (wanted === undefined || wanted === 'help' || wanted === '--help') {
		console.log(usage(name, commands));
		if (wanted === undefined) process.exitCode = 2;
		return;
	}
	const command = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined;
	if (!command) {
		console.error(`"${wanted}" is not a command of ${name}.\n\n${usage(name, commands)}`);
		process.exitCode = 2;
		return;
	}
	try {
		await command.run(rest);
	} catch (error) {
		report(error);
	}
}

/** Prints a failure: a person's mistake with what to do about it, a bug with its stack. */
export function report(error: unknown): void {
	process.exitCode = 1;
	if (error instanceof UserError) {
		console.error(styleText('red', error.message));
		if (error.hint) console.error(error.hint);
		return;
	}
	if (isUsageError(error)) {
		console.error(error.message);
		process.exitCode = 2;
		return;
	}
	console.error(error);
}

function usage(name: string, commands: Record<string, Command>): string {
	const width = Math.max(...Object.keys(commands).map((key) => key.length));
	const lines = Object.entries(commands).map(
		([key, { summary }]) => `  ${key.padEnd(width)}  ${summary}`,
	);
	return [`npm run ${name} -- <command>`, '', ...lines].join('\n');
}

/** What `util.parseArgs` throws for flags it does not know. */
function isUsageError(error: unknown): error is Error {
	return (
		error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
	);
}

export interface Command {
	/** One line for the usage text. */
	summary: string;
	/** Does it; the arguments are those after the command's name. */
	run(args: string[]): Promise<void>;
}
