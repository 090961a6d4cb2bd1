import type { ItemView } from '#/alignment/item-view.ts';
import type { Row } from '#/alignment/row.ts';
import { points } from '#/alignment/counts.ts';
import { node } from './node.ts';

/**
 * Every answer to an item as a dot: a lane for each group, one axis under them. A screen reader
 * gets each lane as a picture with its answers in words; the axis is in those words already.
 */
export function dotsOf(view: ItemView): HTMLElement {
	const marks = axisOf(view);
	const before = view.before?.map((row) =>
		lane({ ...row, name: `${row.name}, last time` }, marks.length, true),
	);
	const lanes = view.rows.flatMap((row, index) => [
		lane(row, marks.length),
		...(before?.[index] ? [before[index]] : []),
	]);
	return node(
		'div',
		{ class: 'dots', 'data-reads': view.reads, 'data-marks': marks.length },
		...lanes,
		node(
			'div',
			{ class: 'axis', 'aria-hidden': 'true' },
			...marks.map((mark) => node('span', {}, mark)),
		),
		...(view.levels.length > 0
			? [
					node(
						'details',
						{ class: 'levels' },
						node('summary', {}, 'Members and team leads apart'),
						...view.levels.map((row) => lane(row, marks.length)),
						node(
							'div',
							{ class: 'axis', 'aria-hidden': 'true' },
							...marks.map((mark) => node('span', {}, mark)),
						),
					),
				]
			: []),
	);
}

/** What stands under the dots: the points' names, or a letter for each option of a choice. */
function axisOf(view: ItemView): readonly string[] {
	return view.kind === 'scale' ? view.points : view.points.map((_, place) => letter(place));
}

/** A for the first option of a choice. */
export function letter(place: number): string {
	return 'ABCDE'.charAt(place);
}

function lane(
	{ name, counts, n, dontKnow, words }: Row,
	marks: number,
	isEarlier = false,
): HTMLElement {
	const answers = `${n} ${n === 1 ? 'answer' : 'answers'}`;
	return node(
		'div',
		{ class: 'lane', 'data-team': name.split(/[ ,]/)[0]?.toLowerCase(), 'data-earlier': isEarlier },
		// The picture's name says the same.
		node(
			'p',
			{ 'aria-hidden': 'true' },
			node('strong', {}, name),
			node('span', {}, ` ${answers}${dontKnow > 0 ? `, ${dontKnow} don't know` : ''}`),
		),
		node(
			'div',
			{
				class: 'spots',
				role: 'img',
				'aria-label': isEarlier ? `${name}${words.slice(words.indexOf(':'))}` : words,
			},
			...points
				.slice(0, marks)
				.map((point) =>
					node('span', {}, ...Array.from({ length: counts[point] }, () => node('i'))),
				),
		),
	);
}
