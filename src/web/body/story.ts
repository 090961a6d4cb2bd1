import type { Element, ElementContent } from 'hast';
import type { BodyComponent } from '#/library/tree.ts';
import { element } from './element.ts';
import type { Surroundings } from './surroundings.ts';

/** Something that happened, what came of it, and the rule drawn from it. It says whether it is true. */
export function story(
	{ props }: BodyComponent,
	_around: Surroundings,
	children: ElementContent[],
): Element {
	const kind = props['kind'] === 'reported' ? 'Reported' : 'Illustrative';
	const who = [props['name'], props['who']].filter(Boolean).join(', ');
	return element(
		'figure',
		{ className: ['story', 'flow'] },
		element(
			'figcaption',
			{},
			element('span', { className: ['label'] }, `${kind} story:`),
			` ${who}`,
		),
		children,
		element(
			'dl',
			{},
			element('div', {}, element('dt', {}, 'Result'), element('dd', {}, props['result'])),
			element('div', {}, element('dt', {}, 'Rule'), element('dd', {}, props['rule'])),
		),
	);
}
