import type { Element } from 'hast';
import type { BodyComponent } from '#/library/tree.ts';
import { element } from './element.ts';
import type { Surroundings } from './surroundings.ts';

/** Two terms side by side. One that this site does not hold is left out: its day has not come. */
export function pair({ props }: BodyComponent, around: Surroundings): Element {
	return element(
		'dl',
		{ className: ['pair'] },
		side(props['left'] ?? '', around),
		side(props['right'] ?? '', around),
	);
}

function side(slug: string, around: Surroundings): Element | undefined {
	const named = around.references[`term/${slug}`];
	if (!named) return undefined;
	const { title, path, general, short } = named;
	return element(
		'div',
		{},
		element('dt', {}, path ? element('a', { href: path }, title) : title),
		general && element('dd', { className: ['general'] }, general),
		short && element('dd', {}, short),
	);
}
