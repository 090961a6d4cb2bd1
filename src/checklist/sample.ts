/** Builders for the tests of this folder: each makes one obvious thing, but for what is said. */
import * as fc from 'fast-check';
import type { List } from './list.ts';
import { tickOf } from './run.ts';
import type { Run } from './run.ts';

/** A list with the points `p1`, `p2`, ... */
export function sampleList(count = 9, over: Partial<List> = {}): List {
	const items = Array.from({ length: count }, (_, index) => ({
		id: `p${index + 1}`,
		text: `Point ${index + 1} is agreed`,
	}));
	return { slug: 'promo-briefing', title: 'Brief sales', was: [], items, ...over };
}

/** Any run over some points, or over others, in a state that no finger would make. */
export function anyRun(
	ids: readonly string[],
	words: readonly number[],
	most = 6,
): fc.Arbitrary<Run> {
	const tick = fc
		.tuple(fc.nat(most), fc.subarray([...words]))
		.map(([turns, under]) => tickOf(turns, under));
	return fc
		.array(fc.tuple(fc.constantFrom(...ids), tick), { maxLength: ids.length })
		.map((entries) => new Map(entries));
}
