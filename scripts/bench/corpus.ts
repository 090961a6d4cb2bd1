/**
 * A corpus of made-up entries for the benchmarks: seeded, so that the same number and seed give the
 * same bytes, and as an editor would write them: linked, tagged, with terms, callouts and lists.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { functions, stages, topics } from '#/library/schema/fields.ts';
import { kinds } from '#/library/kinds.ts';
import { random } from './random.ts';
import type { Random } from './random.ts';
import { moments, objects, sentences, verbs } from './phrases.ts';

/**
 * Writes a content folder with a number of entries: seven in ten are tips, the rest checklists,
 * question sets and terms. It passes the content check.
 * @param folder - absolute path; must not exist or be empty
 * @param count - entries besides the one person and the settings
 */
export function writeCorpus(folder: string, count: number, settings: string, seed = 1): Corpus {
	const pick = random(seed);
	const plan = planOf(count);
	for (const { folder: name } of Object.values(kinds))
		mkdirSync(join(folder, name), { recursive: true });
	writeFileSync(join(folder, 'settings.yaml'), settings);
	writeFileSync(
		join(folder, 'people/editor.yaml'),
		stringify({
			name: 'Robin Hale',
			role: 'Editor',
			function: 'both',
			bio: 'Robin keeps it short.',
		}),
	);
	const refs = plan.map(({ kind, n }) => ({
		kind,
		n,
		slug: slugOf(kind, n),
		title: titleOf(kind, n),
	}));
	const terms = refs.filter(({ kind }) => kind === 'term').map(({ slug }) => slug);
	for (const entry of refs) {
		const text = write(entry, { refs, terms, pick });
		writeFileSync(join(folder, kinds[entry.kind].folder, `${entry.slug}.mdx`), text);
	}
	return { folder, files: refs.map(({ kind, slug }) => `${kinds[kind].folder}/${slug}.mdx`) };
}

function planOf(count: number): { kind: BenchKind; n: number }[] {
	const kindAt = (n: number): BenchKind => {
		const tenth = n % 20;
		if (tenth < 14) return 'tip';
		if (tenth < 16) return 'checklist';
		return tenth < 17 ? 'questions' : 'term';
	};
	return Array.from({ length: count }, (_, n) => ({ kind: kindAt(n), n }));
}

function titleOf(kind: BenchKind, n: number): string {
	const verb = verbs[n % verbs.length] ?? '';
	const object = objects[Math.floor(n / verbs.length) % objects.length] ?? '';
	const moment = moments[Math.floor(n / (verbs.length * objects.length)) % moments.length] ?? '';
	if (kind === 'term') return `${capital(object)} ${moment.split(' ').at(-1)} ${n}`.slice(0, 40);
	return `${verb} ${object} ${moment}`.trim().slice(0, 60).trim();
}

function slugOf(kind: BenchKind, n: number): string {
	return `${titleOf(kind, n)
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, 50)}-${n}`.replace(/-+/g, '-');
}

function write(entry: Planned, world: World): string {
	const fields = fieldsOf(entry, world);
	return `---\n${stringify(fields, { lineWidth: 0 })}---\n\n${bodyOf(entry.kind, world)}\n`;
}

function fieldsOf({ kind, n, title }: Planned, { refs, pick }: World): Record<string, unknown> {
	const shared = {
		title,
		topic: pick.one(topics),
		audience: n % 10 === 0 ? 'staff' : 'public',
		status: 'ready',
		author: 'person/editor',
		reviewed: '2026-10-12',
	};
	if (kind === 'term') {
		return {
			...shared,
			short: 'What both teams mean when they say it, in one plain sentence.',
			owner: 'both',
		};
	}
	const play = {
		...shared,
		summary: 'One sentence that says what changes for the reader who does it.',
		when: `${pick.one(verbs).toLowerCase()} and ${pick.one(objects)} do not fit together`,
		function: pick.one(functions),
		stage: [pick.one(stages)],
		effort: 5 + Math.floor(pick.next() * 60),
		together: pick.next() < 0.7,
		find: [
			`${pick.one(objects)} ${pick.one(moments)}`.trim(),
			`${pick.one(verbs).toLowerCase()} ${pick.one(objects)}`,
		],
	};
	if (kind === 'tip') {
		const isPublic = shared.audience === 'public';
		const near = refs[(n + 1) % refs.length];
		return {
			...play,
			...(near &&
				!(isPublic && near.n % 10 === 0) &&
				near.n !== n && { related: [`${near.kind}/${near.slug}`] }),
			action: `${pick.one(verbs)} ${pick.one(objects)} with one person from the other team.`,
			question: `Who would notice if ${pick.one(objects)} changed?`,
		};
	}
	if (kind === 'checklist') {
		return {
			...play,
			mode: 'read-do',
			pause: 'Before the work begins',
			sections: [
				{
					title: 'Before you begin',
					items: Array.from({ length: 7 }, (_, i) => ({
						id: `point-${i + 1}`,
						text: `${pick.one(verbs)} ${pick.one(objects)}`,
						who: pick.one(functions),
					})),
				},
			],
		};
	}
	return {
		...play,
		mode: 'reflect',
		items: Array.from({ length: 5 }, (_, i) => ({
			id: `q${i + 1}`,
			text: `Who looks after ${pick.one(objects)} ${pick.one(moments)}?`.replace(/ +\?/, '?'),
			type: 'open',
		})),
	};
}

function bodyOf(kind: BenchKind, { terms, pick }: World): string {
	if (kind === 'term') return [paragraph(pick, 5), paragraph(pick, 4)].join('\n\n');
	const term = terms.length > 0 ? `<Term id="${pick.one(terms)}">word</Term>` : 'word';
	const parts = [
		paragraph(pick, 3),
		paragraph(pick, 2),
		`${sentence(pick)} Both teams use the ${term} in the same sense.`,
		`### ${pick.one(verbs)} ${pick.one(objects)}`,
		paragraph(pick, 4),
		Array.from({ length: 4 }, () => `- ${sentence(pick)}`).join('\n'),
		`<Callout kind="example" title="How it may sound">\n\n${paragraph(pick, 2)}\n\n</Callout>`,
	];
	if (kind === 'tip') {
		parts.push(
			`### ${pick.one(verbs)} ${pick.one(objects)} ${pick.one(moments)}`.trim(),
			`${paragraph(pick, 3)} **${sentence(pick)}**`,
			`1. ${sentence(pick)}\n2. ${sentence(pick)}\n3. ${sentence(pick)}`,
			`| Step | Who | Until |\n| --- | --- | --- |\n${[1, 2].map((n) => `| ${n} | ${pick.one(functions)} | ${pick.one(moments)} |`).join('\n')}`,
		);
	}
	return parts.join('\n\n');
}

function paragraph(pick: Random, count: number): string {
	return Array.from({ length: count }, () => sentence(pick)).join(' ');
}

function sentence(pick: Random): string {
	return pick
		.one(sentences)
		.replace('{verb}', pick.one(verbs).toLowerCase())
		.replace('{object}', pick.one(objects))
		.replace('{other}', pick.one(objects));
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

type BenchKind = 'tip' | 'checklist' | 'questions' | 'term';

interface Planned {
	kind: BenchKind;
	n: number;
	slug: string;
	title: string;
}

interface World {
	refs: readonly Planned[];
	terms: readonly string[];
	pick: Random;
}

export interface Corpus {
	folder: string;
	/** Paths of all entries below the folder. */
	files: string[];
}
