/** The benchmarks. Figures go to docs/benchmarks.md by hand, with the date and the versions. */
import { build } from './bench/build.ts';
import { mail } from './bench/mail.ts';
import { search } from './bench/search.ts';
import { run } from './run.ts';
import type { Command } from './run.ts';

const commands = {
	build: {
		summary:
			'What a build costs, beside Astro with MDX. [--entries 1000,5000] [--runs 3] [--seed 1] [--json]',
		run: build,
	},
	mail: {
		summary:
			'What letters weigh, and the time to make one beside react-email and MJML. [--runs 200] [--alone]',
		run: mail,
	},
	search: {
		summary:
			'How well search finds what people mean. [--queries FILE] [--site DIR] [--chromium FILE]',
		run: search,
	},
} satisfies Record<string, Command>;

await run('bench', commands, process.argv.slice(2));
