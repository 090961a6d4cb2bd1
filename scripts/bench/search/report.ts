import type { QuerySet } from '../query-sets.ts';
import type { PageAnswer } from './asking.ts';

/** How well a set of queries was answered. */
export function reportOn(set: QuerySet, answers: readonly PageAnswer[]): SetReport {
	const places = set.queries.map(({ wanted }, index) => {
		const place = answers[index]?.paths.findIndex((path) => wanted.includes(path)) ?? -1;
		return place < 0 ? Infinity : place + 1;
	});
	const share = (holds: (place: number, index: number) => boolean): number =>
		places.filter(holds).length / places.length;
	return {
		name: set.name,
		asked: places.length,
		success1: share((place) => place === 1),
		success3: share((place) => place <= 3),
		success5: share((place) => place <= 5),
		reciprocal: places.reduce((sum, place) => sum + 1 / place, 0) / places.length,
		empty: share((_, index) => answers[index]?.paths.length === 0),
		within: set.within,
		misses: set.queries.flatMap(({ phrase, label }, index) => {
			const place = places[index] ?? Infinity;
			if (place <= set.within) return [];
			const first = answers[index]?.paths.slice(0, 3).join(' ') || 'nothing';
			return [
				`${phrase}\t${label}\t${place === Infinity ? 'not in ten' : `place ${place}`}\t${first}`,
			];
		}),
	};
}

/** The sets as a table, a line each. */
export function tableOf(reports: readonly SetReport[]): string[] {
	return [
		row(['queries', 'n', '@1 %', '@3 %', '@5 %', 'MRR', 'empty %']),
		...reports.map(({ name, asked, success1, success3, success5, reciprocal, empty }) => {
			const shares = [success1, success3, success5].map((value) => (100 * value).toFixed(1));
			return row([name, `${asked}`, ...shares, reciprocal.toFixed(3), (100 * empty).toFixed(1)]);
		}),
	];
}

function row(cells: readonly string[]): string {
	return cells.map((cell, index) => (index === 0 ? cell.padEnd(18) : cell.padStart(8))).join('');
}

export interface SetReport {
	name: string;
	/** How many queries. */
	asked: number;
	/** Shares, 0 to 1, of queries whose page stands first, among three, among five. */
	success1: number;
	success3: number;
	success5: number;
	/** Mean reciprocal rank. */
	reciprocal: number;
	/** Share of queries without any result. */
	empty: number;
	/** A page further down is a miss. */
	within: number;
	misses: string[];
}
