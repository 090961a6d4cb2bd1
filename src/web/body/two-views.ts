import type { Element, ElementContent } from 'hast';
import type { BodyComponent } from '#/library/tree.ts';
import { gradeNames } from '#/web/names.ts';
import { element } from './element.ts';
import type { Surroundings } from './surroundings.ts';

/** A fair disagreement: the question, two views beside each other, and what we do. */
export function twoViews(
	{ props }: BodyComponent,
	around: Surroundings,
	children: ElementContent[],
): Element {
	return element(
		'section',
		{ className: ['two-views', 'flow'] },
		element(`h${around.level}`, {}, props['question']),
		element('div', { className: ['views'] }, children),
		element(
			'p',
			{ className: ['verdict'] },
			element('strong', { className: ['label'] }, 'What we do:'),
			` ${props['verdict'] ?? ''}`,
		),
	);
}

/** One side of a disagreement. */
export function view(
	{ props }: BodyComponent,
	around: Surroundings,
	children: ElementContent[],
): Element {
	const { title, evidence } = props;
	const grade = Object.entries(gradeNames).find(([name]) => name === evidence)?.[1];
	return element(
		'div',
		{ className: ['view', 'flow'] },
		element(`h${around.level + 1}`, {}, title),
		children,
		evidence &&
			element('p', { className: ['meta'] }, `Rests on: ${(grade ?? evidence).toLowerCase()}`),
	);
}
