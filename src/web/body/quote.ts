import type { Element, ElementContent } from 'hast';
import type { BodyComponent } from '#/library/tree.ts';
import { element } from './element.ts';
import type { Surroundings } from './surroundings.ts';

/** Someone's words, with whose they are; or that nobody knows. */
export function quote(
	{ props }: BodyComponent,
	_around: Surroundings,
	children: ElementContent[],
): Element {
	const { by, source, url, year } = props;
	const cited = source && element('cite', {}, source);
	return element(
		'figure',
		{ className: ['quote'] },
		element('blockquote', {}, children),
		element(
			'figcaption',
			{},
			by === 'unknown' ? 'Source unknown' : by,
			cited && ', ',
			cited && url ? element('a', { href: url, rel: ['external'] }, cited) : cited,
			year && `, ${year}`,
		),
	);
}
