import type { Element, ElementContent } from 'hast';
import type { BodyComponent } from '#/library/tree.ts';
import { element } from './element.ts';
import type { Surroundings } from './surroundings.ts';

/** A short aside. Its heading says what it is, then its own title. */
export function callout(
	{ props }: BodyComponent,
	around: Surroundings,
	children: ElementContent[],
): Element {
	const kind = props['kind'] ?? 'note';
	const { title } = props;
	return element(
		'aside',
		{ className: ['callout', 'flow'], dataKind: kind },
		element(
			`h${around.level}`,
			{ className: ['callout-title'] },
			element('span', { className: ['label'] }, `${names[kind] ?? 'Note'}${title ? ':' : ''}`),
			title && ` ${title}`,
		),
		children,
	);
}

const names: Record<string, string> = { note: 'Note', caution: 'Caution', example: 'Example' };
