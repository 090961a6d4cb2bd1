import type { Element, ElementContent } from 'hast';
import { element } from './element.ts';
import type { Surroundings } from './surroundings.ts';

/** A link: to another site, marked as such; to an entry of ours; or plain words where it has no page here. */
export function link(href: string, around: Surroundings, children: ElementContent[]): Element {
	if (/^https?:/.test(href)) return element('a', { href, rel: ['external'] }, children);
	const path = around.references[href]?.path;
	return path ? element('a', { href: path }, children) : element('span', {}, children);
}
