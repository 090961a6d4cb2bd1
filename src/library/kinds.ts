import type { z } from 'zod';
import { checklistSchema } from './schema/checklist.ts';
import type { Checklist } from './schema/checklist.ts';
import { issueSchema } from './schema/issue.ts';
import type { Issue } from './schema/issue.ts';
import { pathSchema } from './schema/path.ts';
import type { Path } from './schema/path.ts';
import { personSchema } from './schema/person.ts';
import type { Person } from './schema/person.ts';
import { promoSchema } from './schema/promo.ts';
import type { Promo } from './schema/promo.ts';
import { questionsSchema } from './schema/questions.ts';
import type { Questions } from './schema/questions.ts';
import { termSchema } from './schema/term.ts';
import type { Term } from './schema/term.ts';
import { tipSchema } from './schema/tip.ts';
import type { Tip } from './schema/tip.ts';

/**
 * Every kind of entry: its folder, its files, its schema, whether it has a body, and its names.
 * Paths are listed too, although they are data and no kind an editor writes weekly.
 */
export const kinds = {
	tip: {
		folder: 'tips',
		extension: 'mdx',
		schema: tipSchema,
		body: 'required',
		one: 'Tip',
		many: 'Tips',
	},
	checklist: {
		folder: 'checklists',
		extension: 'mdx',
		schema: checklistSchema,
		body: 'optional',
		one: 'Checklist',
		many: 'Checklists',
	},
	questions: {
		folder: 'questions',
		extension: 'mdx',
		schema: questionsSchema,
		body: 'optional',
		one: 'Question set',
		many: 'Question sets',
	},
	term: {
		folder: 'terms',
		extension: 'mdx',
		schema: termSchema,
		body: 'optional',
		one: 'Term',
		many: 'Glossary',
	},
	issue: {
		folder: 'issues',
		extension: 'mdx',
		schema: issueSchema,
		body: 'required',
		one: 'Issue',
		many: 'Issues',
	},
	person: {
		folder: 'people',
		extension: 'yaml',
		schema: personSchema,
		body: 'none',
		one: 'Person',
		many: 'People',
	},
	promo: {
		folder: 'promos',
		extension: 'yaml',
		schema: promoSchema,
		body: 'none',
		one: 'Promo',
		many: 'Promos',
	},
	path: {
		folder: 'paths',
		extension: 'yaml',
		schema: pathSchema,
		body: 'none',
		one: 'Path',
		many: 'Paths',
	},
} as const satisfies Record<string, KindFacts>;

/** The kinds' names, in the order lists show them. */
// The keys of an object literal are exactly the keys of its type.
export const kindNames = Object.keys(kinds) as Kind[];

/** The kind whose entries lie in a folder of the content folder, if there is one. */
export function kindOfFolder(folder: string): Kind | undefined {
	return kindNames.find((kind) => kinds[kind].folder === folder);
}

export type Kind = keyof typeof kinds;

/** The checked frontmatter of each kind. */
export interface DataOf {
	tip: Tip;
	checklist: Checklist;
	questions: Questions;
	term: Term;
	issue: Issue;
	person: Person;
	promo: Promo;
	path: Path;
}

interface KindFacts {
	folder: string;
	extension: 'mdx' | 'yaml';
	schema: z.ZodType;
	body: 'required' | 'optional' | 'none';
	one: string;
	many: string;
}
