import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { environment } from '#/environment.ts';
import { kinds } from '#/library/kinds.ts';
import { digestOf } from '#/library/digest.ts';
import { readEntry } from '#/library/reader.ts';
import { slug as slugSchema } from '#/library/schema/fields.ts';
import { readShelf } from '#/library/shelf.ts';
import { formatProblem } from '#/problem.ts';
import { UserError } from '#/user-error.ts';
import { skeletons } from './skeletons.ts';
import type { Skeleton, SkeletonKind } from './skeletons.ts';

/**
 * Starts an entry from a skeleton. Each field can be given as a flag; on a terminal the missing
 * ones are asked for, elsewhere the skeleton's own text stands in for them.
 * @throws UserError where the kind is unknown, a value does not hold, or the file exists
 */
export async function newEntry(args: string[]): Promise<void> {
	const [kind, ...rest] = args;
	if (kind === undefined || !isSkeletonKind(kind)) {
		throw new UserError(
			kind === undefined ? 'Say which kind.' : `"${kind}" is not a kind one can start.`,
			`npm run content -- new ${Object.keys(skeletons).join('|')}`,
		);
	}
	const skeleton: Skeleton = skeletons[kind];
	const { values } = parseArgs({
		args: rest,
		options: {
			slug: { type: 'string' },
			...Object.fromEntries(skeleton.asks.map(({ name }) => [name, { type: 'string' as const }])),
		},
	});
	const given = Object.fromEntries(
		Object.entries(values).flatMap(([name, value]) =>
			typeof value === 'string' ? [[name, value]] : [],
		),
	);
	const { contentDir, receiptsDir, now } = environment();
	const shelf = await readShelf({ contentDir, receiptsDir, audience: 'staff', now });
	const defaults = skeleton.defaults({ shelf, now });
	const answers = { ...defaults, ...given, ...(await askFor(skeleton, given, defaults)) };
	const slug = given['slug'] ?? skeleton.slug?.(answers) ?? slugOf(answers['title'] ?? kind);
	if (!slugSchema.safeParse(slug).success) {
		throw new UserError(
			`"${slug}" is no file name: it is not kebab-case of at most 60 characters.`,
			'Use lower-case letters, digits and single hyphens. Nothing was written.',
		);
	}
	const file = `${kinds[kind].folder}/${slug}.${kinds[kind].extension}`;
	const text = compose(skeleton, answers);
	writeChecked(contentDir, file, kind, text);
	const shown = relative(process.cwd(), join(contentDir, file));
	console.log(`${shown} is there${kinds[kind].extension === 'mdx' ? ', as a draft' : ''}.`);
	console.log(skeleton.next);
}

/** Asks on a terminal for the fields that no flag gave; an empty answer keeps what is proposed. */
async function askFor(
	skeleton: Skeleton,
	given: Record<string, string>,
	defaults: Record<string, string>,
): Promise<Record<string, string>> {
	const missing = skeleton.asks.filter(({ name }) => given[name] === undefined);
	if (!process.stdin.isTTY) {
		const needed = missing.filter(({ name }) => defaults[name] === undefined);
		if (needed.length === 0) return {};
		throw new UserError(
			`${needed.map(({ name }) => `--${name}`).join(', ')} ${needed.length === 1 ? 'is' : 'are'} missing.`,
			`Give ${needed.map(({ name, question }) => `--${name} "${question}"`).join(' ')}, or run it on a terminal to be asked. Nothing was written.`,
		);
	}
	const answers: Record<string, string> = {};
	const prompt = createInterface({ input: process.stdin, output: process.stderr });
	try {
		for (const { name, question } of missing) {
			const proposed = defaults[name];
			let answer = '';
			while (answer === '') {
				const hint = proposed === undefined ? '' : ` [${proposed}]`;
				answer = (await prompt.question(`${question}${hint}: `)).trim() || (proposed ?? '');
			}
			answers[name] = answer;
		}
	} finally {
		prompt.close();
	}
	return answers;
}

function compose(skeleton: Skeleton, answers: Record<string, string>): string {
	const yaml = stringify(skeleton.fields(answers), { lineWidth: 0 });
	return skeleton.body === undefined ? yaml : `---\n${yaml}---\n\n${skeleton.body}\n`;
}

function writeChecked(contentDir: string, file: string, kind: SkeletonKind, text: string): void {
	const folder = join(contentDir, kinds[kind].folder);
	mkdirSync(folder, { recursive: true });
	try {
		writeFileSync(join(contentDir, file), text, { flag: 'wx' });
	} catch (cause) {
		if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') {
			throw new UserError(
				`${file} exists already.`,
				'Choose another title, or give --slug. Nothing was written.',
				{ cause },
			);
		}
		throw cause;
	}
	const reading = readEntry(contentDir, file, kind, digestOf(text));
	if (reading.entry) return;
	const findings = reading.problems.map(formatProblem).join('\n');
	throw new UserError(
		`${file} was written, but some fields do not hold:\n${findings}`,
		'Correct them in the file, then run "npm run content -- check".',
	);
}

function slugOf(title: string): string {
	const slug = title
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '')
		.slice(0, 60)
		.replace(/-$/, '');
	if (slug !== '') return slug;
	throw new UserError(
		`No file name can be made of "${title}".`,
		'Give one with --slug. Nothing was written.',
	);
}

function isSkeletonKind(kind: string): kind is SkeletonKind {
	return Object.hasOwn(skeletons, kind);
}
