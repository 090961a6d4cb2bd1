/** The content of a letter as a plain tree: what every contestant renders with its own means. */
import { htmlToHast } from 'satteri';

/** The article of a letter's HTML, blanks between blocks left out. */
export function articleOf(html: string): Part {
	// Comments speak to classic Outlook; each contestant writes its own.
	const root = plain(htmlToHast(html.replaceAll(/<!--[^]*?-->/g, '')));
	const article = root && find(root);
	if (!article) throw new Error('The letter has no article.');
	return article;
}

/** The declarations of a style attribute. */
export function declarations(style: string): [property: string, value: string][] {
	return style.split(';').flatMap((declaration) => {
		const at = declaration.indexOf(':');
		return at < 0 ? [] : [[declaration.slice(0, at), declaration.slice(at + 1)] as const];
	}) as [string, string][];
}

function find(part: Part): Part | undefined {
	if (part.attributes['role'] === 'article') return part;
	for (const child of part.children) {
		const found = typeof child === 'string' ? undefined : find(child);
		if (found) return found;
	}
	return undefined;
}

function plain(node: Hast): Part | undefined {
	if (node.type !== 'element' && node.type !== 'root') return undefined;
	const tag = node.tagName ?? 'root';
	const isBlockHolder = [
		'root',
		'html',
		'body',
		'div',
		'ul',
		'ol',
		'table',
		'thead',
		'tbody',
		'tr',
		'blockquote',
	].includes(tag);
	const children = (node.children ?? []).flatMap((child): (Part | string)[] => {
		if (child.type === 'text') {
			const text = child.value ?? '';
			return isBlockHolder && text.trim() === '' ? [] : [text];
		}
		const part = plain(child);
		return part ? [part] : [];
	});
	const attributes = Object.fromEntries(
		Object.entries(node.properties ?? {}).flatMap(([name, value]) =>
			typeof value === 'string' || typeof value === 'number'
				? [[name === 'className' ? 'class' : name, String(value)]]
				: [],
		),
	);
	return { tag, attributes, children };
}

export interface Part {
	tag: string;
	/** As in hast; `style` as it was written. */
	attributes: Record<string, string>;
	children: (Part | string)[];
}

/** What goes into a template. */
export interface Content {
	subject: string;
	preheader: string;
	locale: string;
	article: Part;
}

/** As much of hast as is read here. */
interface Hast {
	type: string;
	value?: string | undefined;
	tagName?: string | undefined;
	properties?: Record<string, unknown> | undefined;
	children?: readonly Hast[] | undefined;
}
