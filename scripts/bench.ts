/** The benchmarks. Figures go to docs/benchmarks.md by hand, with the date and the versions. */
import { build } from './bench/build.ts';
import { mail } from './bench/mail.ts';
import { search } from './bench/search.ts';
import { run } from './run.ts';
import type { Command } from './run.ts';

const commands = {
	audience: {
		summary: 'What one send costs with a large audience: calls, time, memory. [--contacts 100000]',
		run: async (words) => (await import('./bench/audience.ts')).audience(words),
	},
	build: {
		summary:
			'What a build costs, beside Astro with MDX. [--entries 1000,5000] [--runs 3] [--seed 1] [--json]',
		run: build,
	},
	endpoints: {
		summary: 'The subscription server under load, scanners, outages and huge bodies.',
		run: async (words) => (await import('./bench/endpoints.ts')).run(words),
	},
	faults: {
		summary:
			'Plans of what goes wrong, over the real sender: nobody twice, nobody never. [--plans 10000] [--seed 1] [--sender naive-1]',
		run: async (words) => (await import('./bench/faults/run.ts')).run(words),
	},
	kills: {
		summary:
			'Senders killed by SIGKILL at every step, and picked up again. [--trials 1000] [--seed 1]',
		run: async (words) => (await import('./bench/kills.ts')).run(words),
	},
	mail: {
		summary:
			'What letters weigh, and the time to make one beside react-email and MJML. [--runs 200] [--alone]',
		run: mail,
	},
	model: {
		summary: 'The protocol as a model, searched whole by Spin. [--full]',
		run: async (words) => (await import('./bench/model.ts')).model(words),
	},
	pages: {
		summary:
			'What a page of each kind costs a reader, and how soon it answers. [--runs 3] [--rivals] [--inp] [--only tip,home] [--dist DIR]',
		run: async (words) => (await import('./bench/pages.ts')).pages(words),
	},
	races: {
		summary: 'Two senders at the same moment, with and without shared receipts. [--races 500]',
		run: async (words) => (await import('./bench/races.ts')).run(words),
	},
	search: {
		summary:
			'How well search finds what people mean. [--entries 500] [--queries FILE] [--site DIR] [--most 1500] [--misses] [--latency] [--chromium FILE]',
		run: search,
	},
	zones: {
		summary: 'Local times of every zone made into instants, by us and by Python.',
		run: async (words) => (await import('./bench/zones.ts')).zones(words),
	},
	alignment: {
		summary:
			'The comparison against brute force, chance by simulation, codes by the hundred thousand.',
		run: async (words) => (await import('./bench/alignment.ts')).run(words),
	},
	tokens: {
		summary: 'Forged and changed tokens: none is taken. [--tokens 1000000]',
		run: async (words) => (await import('./bench/tokens.ts')).run(words),
	},
	orders: {
		summary: 'Random lives of subscribers: who left is never mailed. [--lives 100000] [--seed 1]',
		run: async (words) => (await import('./bench/orders.ts')).run(words),
	},
	neutral: {
		summary: 'Whether answers or their time tell who is subscribed.',
		run: async (words) => (await import('./bench/neutral.ts')).run(words),
	},
	flood: {
		summary: 'Hostile sign-ups over HTTP: at most one confirm mail each. [--posts 100000]',
		run: async (words) => (await import('./bench/flood.ts')).run(words),
	},
} satisfies Record<string, Command>;

await run('bench', commands, process.argv.slice(2));
