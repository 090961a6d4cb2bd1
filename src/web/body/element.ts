import type { Element, ElementContent, Properties } from 'hast';

/** An element of the web's tree. Texts become text nodes; what is undefined or false is left out. */
export function element(
	tagName: string,
	properties: Properties = {},
	...children: (ElementContent | readonly ElementContent[] | string | undefined | false)[]
): Element {
	const content = children.flatMap((child): readonly ElementContent[] => {
		if (child === undefined || child === false || child === '') return [];
		if (typeof child === 'string') return [{ type: 'text', value: child }];
		return 'type' in child ? [child] : child;
	});
	return { type: 'element', tagName, properties, children: [...content] };
}
