import type { Element, ElementContent } from 'hast';
import type { BodyComponent } from '#/library/tree.ts';
import type { NamedEntry } from '#/library/view.ts';
import { element } from './element.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * A word of the glossary: a link, with its meaning in a note. No script is needed. `interestfor`
 * shows the note while the pointer or the focus rests on the word; where a browser or a finger does
 * not know that, the style sheet shows a button beside the word, which opens the same note. Esc and
 * a click elsewhere close it, however it was opened. A word this site has no entry for stays plain.
 */
export function term(
	{ props, position }: BodyComponent,
	around: Surroundings,
	children: ElementContent[],
): Element {
	const named = around.references[`term/${props['id'] ?? ''}`];
	if (!named) return element('span', {}, children);
	const id = `${around.prefix}t${position?.line ?? 0}-${position?.column ?? 0}`;
	const { path, title } = named;
	const word = path
		? element('a', { href: path, ariaDescribedBy: [id], interestfor: id }, children)
		: element('dfn', {}, children);
	return element(
		'span',
		{ className: ['term'] },
		word,
		element('button', {
			type: 'button',
			popovertarget: id,
			ariaLabel: `What “${title}” means here`,
			'data-pagefind-ignore': 'all',
			...(!path && { 'data-alone': '' }),
		}),
		note(id, named),
	);
}

/** The meaning here and, for staff, the firm's own rule. It holds nothing to press. */
function note(id: string, { short, ours }: NamedEntry): Element {
	return element(
		'span',
		{ id, role: 'tooltip', popover: 'auto', 'data-pagefind-ignore': 'all' },
		short,
		ours !== undefined &&
			element(
				'span',
				{ className: ['rule'] },
				element('strong', {}, 'Our rule:'),
				` ${ours ?? 'not agreed yet.'}`,
			),
	);
}
