/** The editor's command: `npm run content -- check`, `npm run content -- new tip`. */
import { checkContent } from './content/check.ts';
import { newEntry } from './content/new.ts';
import { run } from './run.ts';
import type { Command } from './run.ts';

const commands = {
	check: {
		summary: 'Check every file; list what is wrong, where, and how to put it right',
		run: checkContent,
	},
	new: {
		summary:
			'Start an entry: tip, checklist, questions, term, issue or promo (asks, or takes flags)',
		run: newEntry,
	},
} satisfies Record<string, Command>;

await run('content', commands, process.argv.slice(2));
