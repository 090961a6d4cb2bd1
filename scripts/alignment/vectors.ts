/** Checks a file of test vectors of the alignment check, of any length, against the domain. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { match } from '#/alignment/choice.ts';
import { readCode } from '#/alignment/code.ts';
import type { Desk } from '#/alignment/code.ts';
import { countsOf } from '#/alignment/counts.ts';
import type { Answer } from '#/alignment/counts.ts';
import { crc32 } from '#/crc.ts';
import { tenths } from '#/alignment/gap.ts';
import { writeLongCode } from '#/alignment/long-code.ts';
import { shareOf } from '#/alignment/permutation.ts';
import { keysOf, setKey } from '#/alignment/question-set.ts';
import { judge } from '#/alignment/scale.ts';
import { falseClearOneIn, fewest, noticeable } from '#/alignment/verdict.ts';
import { questionsSchema } from '#/library/schema/questions.ts';
import { UserError } from '#/user-error.ts';
import { readVectors } from './vector-file.ts';
import type { ChoiceCase, ScaleCase, Vectors } from './vector-file.ts';

/**
 * Holds every vector of a file against the domain, group by group.
 * @param folder - where the question sets of `codeKeys` are
 * @throws UserError where the file is not of the shape of the specification's vectors
 */
export function checkVectors(json: string, folder: string): Checked {
	const { vectors, unchecked } = readVectors(json);
	const desk = (set: string, count?: number): Desk => ({
		keys: keysFor(set, vectors, folder, count),
	});
	const group = <Case>(
		name: string,
		cases: readonly Case[],
		nameOf: (one: Case) => string,
		check: (one: Case) => [unknown, unknown],
	): Group => ({
		name,
		cases: cases.length,
		failures: cases.flatMap((one) => {
			const [wanted, found] = check(one);
			return isNear(wanted, found)
				? []
				: [`${nameOf(one)}: wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`];
		}),
	});

	const groups = [
		group('scale', vectors.scale, ({ id }) => id, scaleCase),
		group('choice', vectors.choice, ({ id }) => id, choiceCase),
		group(
			'noticeable',
			vectors.noticeable,
			({ n1, n2 }) => `${n1}+${n2}`,
			({ n1, n2, x }) => [x, noticeable(n1, n2)],
		),
		group(
			'falseClear',
			vectors.falseClear,
			({ questions }) => `${questions} questions`,
			({ questions, oneIn }) => [oneIn, falseClearOneIn(questions)],
		),
		group(
			'codeKeys',
			Object.entries(vectors.codeKeys),
			([slug]) => slug,
			([slug, wanted]) => {
				const keys = keysOfFile(slug, folder);
				// Without the set's file there is no item list to take a version key from.
				return [
					wanted,
					{ setKey: setKey(slug), versionKey: keys ? keys.version : wanted.versionKey },
				];
			},
		),
		group(
			'codes',
			vectors.codes,
			({ code }) => code,
			({ code, set, round, mode, ...rest }) => {
				const { keys } = desk(set, rest.answers.length);
				const read = readCode(code, { keys });
				const wanted = { round, mode, ...rest };
				if (read.kind === 'refused') return [wanted, read];
				const { times, ...person } = read.person;
				return [
					{ ...wanted, times: 1, code },
					{
						...person,
						round: read.round,
						mode: read.mode,
						times,
						code: writeLongCode(keys, { round, mode }, { ...rest, times: 1 }),
					},
				];
			},
		),
		group(
			'codesSame',
			vectors.codesSame,
			({ alsoAccepted }) => alsoAccepted,
			({ given, alsoAccepted }) => {
				const known = vectors.codes.find(({ code }) => code === given);
				const set = known?.set ?? vectors.codesRefused.page.set;
				const page = desk(set, known?.answers.length);
				const wanted = readCode(given, page);
				return [{ ...wanted, kind: 'person' }, readCode(alsoAccepted, page)];
			},
		),
		group(
			'codesRefused',
			vectors.codesRefused.cases,
			({ code, why }) => `${code} (${why})`,
			({ code, error }) => {
				const { set, round, mode } = vectors.codesRefused.page;
				const read = readCode(code, { ...desk(set), round, mode });
				return [error, read.kind === 'refused' ? read.reason : 'accepted'];
			},
		),
		group(
			'crc32',
			vectors.crc32,
			({ text }) => text,
			({ text, crc32: wanted }) => [
				wanted.toUpperCase(),
				crc32(text).toString(16).toUpperCase().padStart(8, '0'),
			],
		),
	];
	return { groups, unchecked };
}

function scaleCase({ sales, marketing, ...wanted }: ScaleCase): [unknown, unknown] {
	const finding = judge(countsOf(sales), countsOf(marketing), fewest);
	const { gap, test } = finding;
	return [
		wanted,
		{
			id: wanted.id,
			gap: gap ? gap.over / gap.under : null,
			gapShown: gap ? tenths(gap) / 10 : null,
			p: shareOf(test),
			asFar: String(test.far),
			ways: String(test.all),
			verdict: finding.verdict,
			splitSales: finding.split.sales,
			splitMarketing: finding.split.marketing,
			restsOnOne: finding.restsOnOne,
			noticeable: finding.noticeable ?? null,
			level: finding.level ?? null,
			twoApart: finding.twoApart ?? null,
		},
	];
}

function choiceCase(one: ChoiceCase): [unknown, unknown] {
	const { options, sales, marketing, agreed, ...wanted } = one;
	const counts = (team: readonly string[]) =>
		countsOf(team.map((option) => options.indexOf(option) + 1));
	const { pairs, inside, right } = match(
		counts(sales),
		counts(marketing),
		// At most five options, and a rule that is not among them is place 0.
		agreed === null ? undefined : ((options.indexOf(agreed) + 1) as Answer),
	);
	const pair = (share: { part: number; whole: number } | undefined) =>
		share ? [share.part, share.whole] : null;
	return [
		wanted,
		{
			id: wanted.id,
			matchingPairs: pairs.part,
			allPairs: pairs.whole,
			matchChance: pairs.whole === 0 ? null : pairs.part / pairs.whole,
			insideSales: pair(inside.sales),
			insideMarketing: pair(inside.marketing),
			right: right ? { sales: pair(right.sales), marketing: pair(right.marketing) } : null,
		},
	];
}

/** Equal, with numbers within 1e-10, lists and objects field by field, whatever their order. */
function isNear(wanted: unknown, found: unknown): boolean {
	if (typeof wanted === 'number' && typeof found === 'number') {
		return Math.abs(wanted - found) <= 1e-10;
	}
	if (typeof wanted !== 'object' || typeof found !== 'object' || !wanted || !found) {
		return wanted === found;
	}
	const [left, right] = [new Map(Object.entries(wanted)), new Map(Object.entries(found))];
	return (
		left.size === right.size &&
		[...left].every(([key, value]) => right.has(key) && isNear(value, right.get(key)))
	);
}

/** Keys as the file states them, with the items of the set's file or of a code that is given. */
function keysFor(set: string, vectors: Vectors, folder: string, count?: number): Desk['keys'] {
	const keys = keysOfFile(set, folder);
	const stated = vectors.codeKeys[set];
	const answers =
		count ?? keys?.highest.length ?? vectors.codes.find((code) => code.set === set)?.answers.length;
	const version = stated?.versionKey ?? keys?.version;
	if (version === undefined || answers === undefined) {
		throw new UserError(`The vectors use the set "${set}", but codeKeys does not have it.`);
	}
	return {
		set: stated?.setKey ?? setKey(set),
		version,
		highest:
			keys?.highest.length === answers ? keys.highest : Array.from({ length: answers }, () => 5),
		hasLeader:
			keys?.hasLeader ?? vectors.codes.some((one) => one.set === set && one.team === 'leader'),
	};
}

function keysOfFile(slug: string, folder: string): Desk['keys'] | undefined {
	const file = join(folder, `${slug}.mdx`);
	if (!existsSync(file)) return undefined;
	const [, frontMatter] = /^---\n([\s\S]*?)\n---/.exec(readFileSync(file, 'utf8')) ?? [];
	const { title, items, function: who } = questionsSchema.parse(parse(frontMatter ?? ''));
	return keysOf({
		slug,
		title,
		hasLeader: who === 'leadership',
		items: items.map(({ id, text, type, options }) => {
			const item = { id, text, reads: 'state' as const };
			return type === 'choice'
				? { ...item, type: 'choice', options: options ?? [] }
				: { ...item, type: 'scale' };
		}),
	});
}

interface Group {
	name: string;
	cases: number;
	/** A line for each case that does not hold. */
	failures: string[];
}

export interface Checked {
	groups: Group[];
	/** Fields of the file that nothing here checks. */
	unchecked: string[];
}
