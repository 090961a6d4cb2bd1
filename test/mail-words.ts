/** What a reader finds in each rendering of a letter, as words: the same ones, whatever the markup. */
import { htmlToHast } from 'satteri';

/** The words of HTML as they are seen: with what stands for pictures, without what is hidden. */
export function htmlWords(html: string): string[] {
	return wordsOf(seen(htmlToHast(html)));
}

/** The words of a plain text. */
export function wordsOf(text: string): string[] {
	return [...text.matchAll(/\p{L}[\p{L}\p{M}]*\d*/gu)].map(([word]) => word.toLowerCase());
}

/** Blocks are set apart by a blank; inline elements are not, so that "a<em>b</em>" stays one word. */
function seen(node: Tree): string {
	if (node.type === 'text') return node.value ?? '';
	if (node.type === 'comment') return '';
	const { tagName = '', properties = {} } = node;
	if (['head', 'script', 'style'].includes(tagName)) return '';
	if (/display:\s*none/.test(textOf(properties['style']))) return '';
	if (properties['role'] === 'tooltip') return '';
	if (tagName === 'img') return ` ${textOf(properties['alt'])} `;
	const inner = (node.children ?? []).map(seen).join('');
	return inline.has(tagName) ? inner : ` ${inner} `;
}

function textOf(property: unknown): string {
	return typeof property === 'string' ? property : '';
}

const inline = new Set(['a', 'em', 'strong', 'del', 'code', 'span', 'dfn', 'cite']);

/** As much of hast as is looked at here. */
interface Tree {
	type: string;
	value?: string | undefined;
	tagName?: string | undefined;
	properties?: Record<string, unknown> | undefined;
	children?: readonly Tree[] | undefined;
}
