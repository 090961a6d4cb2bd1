import type { Element } from 'hast';
import type { BodyComponent } from '#/library/tree.ts';
import { element } from './element.ts';
import type { Surroundings } from './surroundings.ts';

/** A picture in the width the page has for it. One that is not there shows what it would say. */
export function figure({ props }: BodyComponent, around: Surroundings): Element {
	const { src = '', alt = '', caption } = props;
	const picture = around.pictures[src];
	return element(
		'figure',
		{ className: ['picture'] },
		picture
			? element('img', {
					src: picture.src,
					...(picture.narrow && {
						srcSet: `${picture.narrow.src} ${picture.narrow.width}w, ${picture.src} ${picture.width}w`,
						sizes: '(min-width: 44rem) 40rem, 94vw',
					}),
					alt,
					width: picture.width,
					height: picture.height,
					loading: 'lazy',
					decoding: 'async',
				})
			: element(
					'p',
					{ className: ['missing'] },
					element('span', { className: ['label'] }, 'Picture not here:'),
					` ${alt}`,
				),
		caption && element('figcaption', {}, caption),
	);
}
