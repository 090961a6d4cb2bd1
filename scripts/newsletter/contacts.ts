import { masked } from '#/delivery/masked.ts';
import { UserError } from '#/user-error.ts';
import type { Command } from './command.ts';
import { examine } from './contacts/doctor.ts';
import { erase } from './contacts/erase.ts';
import { exportPeople } from './contacts/export.ts';
import { importFile } from './contacts/import.ts';
import { prove } from './contacts/proof.ts';
import type { Task } from './contacts/task.ts';

/** The people on the list: brought in, handed out, removed, proved, looked at. */
export const contacts: Command = {
	usage:
		'contacts import FILE.csv --source TEXT [--apply] | export [EMAIL] --to FILE | erase [EMAIL] [--keep-out|--forget] | proof [EMAIL] | doctor [--json]',
	summary:
		'The people of the list. An EMAIL left out is asked for, so that no history and no log keeps it.',
	issue: 'words',
	options: {
		source: { type: 'string' },
		apply: { type: 'boolean' },
		'dry-run': { type: 'boolean' },
		to: { type: 'string' },
		'keep-out': { type: 'boolean' },
		forget: { type: 'boolean' },
		json: { type: 'boolean' },
	},
	async run({ words = [], values, environment }, given) {
		const [name = '', ...rest] = words;
		const task: Task | undefined = Object.hasOwn(tasks, name)
			? // The line above holds exactly for the keys of the record.
				tasks[name as keyof typeof tasks]
			: undefined;
		if (!task) throw new UserError('contacts does what?', usage());
		const other = Object.keys(values).find((option) => !task.options.includes(option));
		if (other !== undefined) {
			throw new UserError(`"contacts ${name}" takes no --${other}.`, usage(task));
		}
		if (rest.length > 1) throw new UserError('That is too much.', usage(task));
		// Whatever a line is made of, no address leaves this process by it.
		const print = {
			result: (text: string) => given.result(masked(text)),
			progress: (text: string) => given.progress(masked(text)),
		};
		return task.run({ word: rest[0], values, environment }, print);
	},
};

function usage(task?: Task): string {
	const lines = (task ? [task] : Object.values(tasks)).map(({ form }) => form);
	return lines.map((form) => `npm run newsletter -- contacts ${form}`).join('\n');
}

const tasks = {
	import: importFile,
	export: exportPeople,
	erase,
	proof: prove,
	doctor: examine,
} satisfies Record<string, Task>;
