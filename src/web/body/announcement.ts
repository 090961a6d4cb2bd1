import type { Element, ElementContent } from 'hast';
import type { BodyComponent } from '#/library/tree.ts';
import { element } from './element.ts';
import type { Surroundings } from './surroundings.ts';

/** The announcement of an issue, where its body is shown as one. An issue's page gives it a heading. */
export function announcement(
	_component: BodyComponent,
	_around: Surroundings,
	children: ElementContent[],
): Element {
	return element('section', { className: ['announcement', 'flow'] }, children);
}
