import type { ItemView } from '#/alignment/item-view.ts';
import { points } from '#/alignment/counts.ts';
import type { Answer } from '#/alignment/counts.ts';
import { node } from './node.ts';

/** The answers to an item as numbers: a row for each point, a column for each group. */
export function tableOf(view: ItemView): HTMLElement {
	const columns = [
		...view.rows,
		...(view.before ?? []).map((row) => ({ ...row, name: `${row.name}, last time` })),
		...view.levels,
	];
	const row = (name: string, answer: Answer): HTMLElement =>
		node(
			'tr',
			{},
			node('th', { scope: 'row' }, name),
			...columns.map(({ counts }) => node('td', {}, String(counts[answer]))),
		);
	const p = view.kind === 'scale' ? view.p : undefined;
	const label = `Answers to question ${view.number}`;
	return node(
		'div',
		{ class: 'item-table', role: 'region', 'aria-label': label, tabindex: '0' },
		node(
			'table',
			{},
			node('caption', { class: 'visually-hidden' }, label),
			node(
				'thead',
				{},
				node(
					'tr',
					{},
					node('th', { scope: 'col' }, 'Answer'),
					...columns.map(({ name }) => node('th', { scope: 'col' }, name)),
				),
			),
			node(
				'tbody',
				{},
				...points
					.slice(0, view.points.length)
					.map((point) => row(view.points[point - 1] ?? '', point)),
				row("I don't know", 0),
			),
		),
		p !== undefined &&
			node('p', { class: 'meta' }, `Exact permutation test of the averages: p = ${p.toFixed(3)}.`),
	);
}
