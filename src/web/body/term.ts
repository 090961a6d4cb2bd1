import type { Element, ElementContent } from 'hast';
import type { BodyComponent } from '#/library/tree.ts';
import { element } from './element.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * A word of the glossary: a link, with its meaning shown while the pointer or the focus rests on
 * it. `interestfor` gives that without a script, closed by Esc; where a browser does not know it,
 * the style sheet shows the note instead. A word this site has no entry for is a plain word.
 */
export function term(
	{ props, position }: BodyComponent,
	around: Surroundings,
	children: ElementContent[],
): Element {
	const named = around.references[`term/${props['id'] ?? ''}`];
	if (!named) return element('span', {}, children);
	if (!named.path) return element('dfn', { title: named.short }, children);
	const id = `${around.prefix}t${position?.line ?? 0}-${position?.column ?? 0}`;
	return element(
		'span',
		{ className: ['term'] },
		element('a', { href: named.path, ariaDescribedBy: [id], interestfor: id }, children),
		element(
			'span',
			{ id, role: 'tooltip', popover: 'hint', 'data-pagefind-ignore': 'all' },
			named.short,
		),
	);
}
