/**
 * What the alignment check promises and no quick test can show: that the exact test is exact, how
 * often chance alone is called a clear gap, and how well codes survive being passed on.
 */
import { parseArgs } from 'node:util';
import { readCode } from '#/alignment/code.ts';
import type { Desk } from '#/alignment/code.ts';
import { countsOf } from '#/alignment/counts.ts';
import { writeLongCode } from '#/alignment/long-code.ts';
import { permutationTest } from '#/alignment/permutation.ts';
import type { Person } from '#/alignment/person.ts';
import { personKey } from '#/alignment/person.ts';
import { newRound } from '#/alignment/round.ts';
import { writeShortCode } from '#/alignment/short-code.ts';
import { verdictOf } from '#/alignment/verdict.ts';
import { random } from './random.ts';
import type { Random } from './random.ts';

/** Runs all of it and prints a line for each promise; exit code 1 if one is not kept. */
export async function run(words: readonly string[]): Promise<void> {
	const { values } = parseArgs({
		args: [...words],
		options: {
			cases: { type: 'string', default: '2000' },
			checks: { type: 'string', default: '2000' },
			codes: { type: 'string', default: '100000' },
			seed: { type: 'string', default: '1' },
		},
	});
	const dice = random(Number(values.seed));
	const results = [
		bruteForce(Number(values.cases), dice),
		...chance(Number(values.checks), dice),
		...(['short', 'long'] as const).flatMap((format) => [
			roundTrips(format, Number(values.codes), dice),
			slips(format, Number(values.codes), dice),
		]),
	];
	for (const { kept, words } of results) console.log(`${kept ? 'kept' : 'NOT '}  ${words}`);
	if (results.some(({ kept }) => !kept)) process.exitCode = 1;
}

/** Random teams up to 8 and 8, against every way to deal their answers, one by one. */
function bruteForce(cases: number, dice: Random): Result {
	let equal = 0;
	for (let made = 0; made < cases; made += 1) {
		const sales = answers(1 + below(8, dice), even, dice);
		const marketing = answers(1 + below(8, dice), even, dice);
		const { far, all } = permutationTest(countsOf(sales), countsOf(marketing));
		const slow = deal(sales, marketing);
		if (far === BigInt(slow.far) && all === BigInt(slow.all)) equal += 1;
	}
	return { kept: equal === cases, words: `${equal} of ${cases} cases equal a brute force` };
}

/** Counts by going through all subsets as bit masks; shares nothing with the real one. */
function deal(
	sales: readonly number[],
	marketing: readonly number[],
): { far: number; all: number } {
	const pool = [...sales, ...marketing];
	const gap = (one: number, other: number): number =>
		Math.abs(one * marketing.length - other * sales.length);
	const total = pool.reduce((sum, answer) => sum + answer, 0);
	const first = sales.reduce((sum, answer) => sum + answer, 0);
	let far = 0;
	let all = 0;
	for (let mask = 0; mask < 2 ** pool.length; mask += 1) {
		let size = 0;
		let sum = 0;
		for (const [place, answer] of pool.entries()) {
			if ((mask >> place) & 1) {
				size += 1;
				sum += answer;
			}
		}
		if (size !== sales.length) continue;
		all += 1;
		if (gap(sum, total - sum) >= gap(first, total - first)) far += 1;
	}
	return { far, all };
}

/** How often two teams drawn from one and the same crowd are called clear, or possible. */
function chance(checks: number, dice: Random): Result[] {
	return Object.entries(shapes).flatMap(([shape, weights]) =>
		sizes.map(([n1, n2]) => {
			const counts = { clear: 0, possible: 0, none: 0, few: 0 };
			for (let made = 0; made < checks; made += 1) {
				const sales = countsOf(answers(n1, weights, dice));
				const marketing = countsOf(answers(n2, weights, dice));
				counts[verdictOf(sales, marketing, 4)] += 1;
			}
			const share = (count: number): string => `${((100 * count) / checks).toFixed(2)} %`;
			// The stated limits, give or take three standard errors of so few checks.
			const slack = 3 * Math.sqrt(0.04 * 0.96 * checks);
			const under = counts.clear < 0.005 * checks ? ', under the stated 0.5 %' : '';
			return {
				kept: counts.clear <= 0.04 * checks + slack,
				words: `no real gap, ${shape}, ${n1}+${n2}: clear ${share(counts.clear)} (at most 4.0 %, and ${share(slack)} for chance)${under}, possible ${share(counts.possible)}`,
			};
		}),
	);
}

/** Random sheets of 5 to 12 items, written and read again. */
function roundTrips(format: Format, codes: number, dice: Random): Result {
	let equal = 0;
	let longest = 0;
	for (let made = 0; made < codes; made += 1) {
		const { desk, person, code } = sheet(format, dice);
		const read = readCode(code, desk);
		if (read.kind === 'person' && personKey(read.person) === personKey(person)) equal += 1;
		longest = Math.max(longest, code.length);
	}
	return {
		kept: equal === codes,
		words: `${format} codes: ${equal} of ${codes} sheets come back; longest ${longest} characters`,
	};
}

/** One character changed into another that is not read as the same. */
function slips(format: Format, codes: number, dice: Random): Result {
	const characters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
	let refused = 0;
	for (let made = 0; made < codes; made += 1) {
		const { desk, code } = sheet(format, dice);
		const plain = code.replaceAll('-', '');
		const place = below(plain.length, dice);
		const other = characters.replace(plain.charAt(place), '').charAt(below(31, dice));
		const read = readCode(plain.slice(0, place) + other + plain.slice(place + 1), desk);
		if (read.kind === 'refused') refused += 1;
	}
	return {
		kept: refused >= 0.999 * codes,
		words: `${format} codes: ${refused} of ${codes} with a changed character refused`,
	};
}

function sheet(format: Format, dice: Random): { desk: Desk; person: Person; code: string } {
	const highest = Array.from({ length: 5 + below(8, dice) }, () => 2 + below(4, dice));
	const keys = { set: below(32768, dice), version: below(32768, dice), highest, hasLeader: true };
	const round = newRound(below(1024, dice), dice.one(['open', 'closed']));
	const team = dice.one(['sales', 'marketing', 'leader'] as const);
	const person: Person = {
		team,
		level: team === 'leader' ? 'lead' : dice.one(['member', 'lead']),
		nonce: below(1024, dice),
		answers: highest.map((most) => below(most + 1, dice)),
		times: 1,
	};
	const write = format === 'short' ? writeShortCode : writeLongCode;
	return { desk: { keys, ...round }, person, code: write(keys, round, person) };
}

function answers(count: number, weights: readonly number[], dice: Random): number[] {
	return Array.from({ length: count }, () => {
		let rest = dice.next();
		for (const [place, weight] of weights.entries()) {
			rest -= weight;
			if (rest < 0) return place + 1;
		}
		return 5;
	});
}

function below(limit: number, dice: Random): number {
	return Math.floor(dice.next() * limit);
}

const even = [0.2, 0.2, 0.2, 0.2, 0.2];

// Standard deviations of 1.07, 0.77 and 1.67.
const shapes = {
	ordinary: [0.085, 0.235, 0.36, 0.235, 0.085],
	tight: [0.02, 0.21, 0.54, 0.21, 0.02],
	polarised: [0.3, 0.15, 0.1, 0.15, 0.3],
} as const;

const sizes = [
	[4, 4],
	[5, 5],
	[8, 8],
	[10, 10],
	[12, 6],
	[20, 20],
] as const;

type Format = 'short' | 'long';

interface Result {
	kept: boolean;
	words: string;
}
