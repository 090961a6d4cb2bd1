/**
 * What a built file refers to. Pages are read as a browser reads them, by a parser of HTML; nothing
 * that a person wrote in a comment, a code sample or a text is taken for a link.
 */
import { extname } from 'node:path';
import { Parser } from 'htmlparser2';
import { htmlToHast, markdownToHast } from 'satteri';
import { attributesOf, needOf, pointers } from './attributes.ts';
import type { Attribute, Need, Properties } from './attributes.ts';
import { candidatesOf } from './srcset.ts';

/**
 * Reads one built file.
 * @param file - path below the site's folder, with forward slashes
 * @param text - its text; empty for a file that is no text
 * @param origin - the site's own, `https://playbook.firm.example`
 */
export function readFacts(file: string, text: string, origin: string): FileFacts {
	const facts: FileFacts = { ids: new Set(), twins: new Set(), references: [] };
	const reader = { facts, origin };
	switch (extname(file)) {
		case '.html':
			readHtml(text, reader);
			break;
		case '.xml':
			// Read as foreign content, an element closes where XML closes it.
			readFeedTree(htmlToHast(text, { fragment: true, space: 'svg' }), reader);
			break;
		case '.json':
		case '.webmanifest':
			readJson(parsed(text, reader), '', reader);
			break;
		case '.md':
			readTree(markdownToHast(text), reader);
			break;
		case '.txt':
			readText(text, 'the text', reader);
			break;
		default:
			break;
	}
	return facts;
}

/** True for a file whose text may refer to others. */
export function isReadable(file: string): boolean {
	return /\.(?:html|xml|json|webmanifest|md|txt)$/.test(file);
}

/** HTML as a stream: nobody needs its tree, and to build one takes three times as long. */
function readHtml(html: string, reader: Reader): void {
	const { facts, origin } = reader;
	let templates = 0;
	let link: { references: FileReference[]; text: string } | undefined;
	let inner = '';
	// The tag whose attributes are being read. To have the parser collect them costs a record for each.
	let open: { tag: string; attributes: Attribute[] } | undefined;
	const finishTag = (): void => {
		if (!open) return;
		const { tag, attributes } = open;
		open = undefined;
		const first = facts.references.length;
		// What a script makes of a template gets its ids then.
		readElement(tag, attributes, reader, templates > 0);
		if (tag === 'template') templates++;
		if (tag === 'a') link = { references: facts.references.slice(first), text: '' };
		inner = '';
	};
	const parser = new Parser({
		onopentagname(tag) {
			finishTag();
			open = { tag, attributes: [] };
		},
		onattribute(name, value) {
			// Every other attribute is a class, and none leads anywhere.
			if (!open || name === 'class') return;
			const known = propertyOf(name);
			// Of two that are named alike, browsers take the first.
			if (open.attributes.every(([before]) => before !== known)) {
				open.attributes.push([known, value]);
			}
		},
		ontext(text) {
			finishTag();
			inner += text;
			if (link) link.text += text;
		},
		onclosetag(tag) {
			finishTag();
			if (tag === 'template') templates--;
			if (tag === 'a' && link) {
				const words = shortened(link.text);
				for (const reference of link.references) reference.words = words;
				link = undefined;
			}
			const refer = (value: string, need: Need): void => {
				facts.references.push({ at: `<${tag} text>`, value, need, words: '' });
			};
			if (tag === 'style') for (const one of addressesInCss(inner)) refer(one, 'file');
			if (tag === 'script') for (const one of ownAddresses(inner, origin)) refer(one, 'any');
		},
	});
	parser.end(html);
}

/** The name of an attribute as `attributesOf` gives those of a tree. */
function propertyOf(name: string): string {
	let known = properties.get(name);
	if (known === undefined) {
		known = name === 'for' ? 'htmlfor' : name.replaceAll(/[-:]/g, '');
		properties.set(name, known);
	}
	return known;
}

const properties = new Map<string, string>();

function readTree(node: TreeNode, reader: Reader): void {
	if (node.type === 'element') {
		const words = node.tagName === 'a' ? shortened(textOf(node)) : '';
		readElement(node.tagName ?? '', attributesOf(node), reader, false, words);
	}
	for (const child of node.children ?? []) readTree(child, reader);
}

function readElement(
	tag: string,
	attributes: readonly Attribute[],
	{ facts, origin }: Reader,
	isCopy: boolean,
	words = '',
): void {
	const refer = (attribute: string, value: string, need: Need): void => {
		facts.references.push({ at: `<${tag} ${attribute}>`, value, need, words });
	};
	if (attributes.length === 0) return;
	if (!isCopy) readIds(tag, facts, attributes, refer);
	for (const [name, value] of attributes) {
		const need = needOf(tag, name);
		if (need === 'srcset') {
			const { addresses, fault } = candidatesOf(value);
			for (const address of addresses) refer(name, address, 'picture');
			if (fault) refer(name, `${value} (${fault})`, 'impossible');
		} else if (need) {
			if (
				!(
					tag === 'link' && /\b(?:preconnect|dns-prefetch)\b/.test(valueOf(attributes, 'rel') ?? '')
				)
			) {
				refer(name, value, need);
			}
		} else if (name === 'style') {
			for (const address of addressesInCss(value)) refer(name, address, 'file');
		} else {
			for (const address of ownAddresses(value, origin)) refer(name, address, 'any');
		}
	}
	if (tag === 'meta' && valueOf(attributes, 'httpequiv')?.toLowerCase() === 'refresh') {
		const address = /^\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?(["']?)(?<to>.*?)\1\s*$/i.exec(
			valueOf(attributes, 'content') ?? '',
		)?.groups?.['to'];
		facts.movedTo = address;
		refer('content', address ?? '', 'page');
	}
}

function valueOf(attributes: readonly Attribute[], wanted: string): string | undefined {
	return attributes.find(([name]) => name === wanted)?.[1];
}

function readIds(
	tag: string,
	facts: FileFacts,
	attributes: readonly Attribute[],
	refer: (attribute: string, value: string, need: Need) => void,
): void {
	const id = valueOf(attributes, 'id');
	if (id !== undefined) {
		if (facts.ids.has(id)) facts.twins.add(id);
		facts.ids.add(id);
	}
	const name = tag === 'a' ? valueOf(attributes, 'name') : undefined;
	if (name !== undefined) facts.ids.add(name);
	for (const [attribute, value] of attributes) {
		if (!pointers.has(attribute) && !(attribute === 'form' && tag !== 'form')) continue;
		for (const one of value.split(/\s+/).filter(Boolean)) refer(attribute, one, 'id');
	}
}

/** A feed or a site map: addresses stand in texts and attributes, and whole pages in texts. */
function readFeedTree(node: TreeNode, reader: Reader, around = 'the text'): void {
	const here = node.type === 'element' ? `<${node.tagName}>` : around;
	if (node.type === 'element') {
		for (const [name, value] of attributesOf(node)) {
			for (const address of ownAddresses(value, reader.origin)) {
				reader.facts.references.push({ at: `${here} ${name}`, value: address, need: 'any' });
			}
		}
	}
	if (node.type === 'text') readText(node.value ?? '', around, reader);
	for (const child of node.children ?? []) readFeedTree(child, reader, here);
}

/** A text of a feed: HTML where it holds a tag, else words that may hold an address. */
function readText(text: string, at: string, { facts, origin }: Reader): void {
	if (!/<[a-z]/i.test(text)) {
		for (const address of ownAddresses(text, origin)) {
			facts.references.push({ at, value: address, need: 'any' });
		}
		return;
	}
	const inner: FileFacts = { ids: new Set(), twins: new Set(), references: [] };
	readHtml(text, { facts: inner, origin });
	for (const reference of inner.references) {
		if (reference.need === 'id') continue;
		// A feed's reader shows this text far from here: only a whole address leads back.
		const need = reference.need === 'impossible' ? 'impossible' : 'absolute';
		facts.references.push({ ...reference, at: `${at} ${reference.at}`, need });
	}
}

function readJson(value: unknown, key: string, reader: Reader): void {
	if (typeof value === 'string') {
		if (/^\/(?!\/)\S*$/.test(value) && addressKeys.has(key)) {
			reader.facts.references.push({ at: `"${key}"`, value, need: 'any' });
		} else readText(value, `"${key}"`, reader);
	} else if (Array.isArray(value)) {
		for (const one of value) readJson(one, key, reader);
	} else if (typeof value === 'object' && value !== null) {
		for (const [name, one] of Object.entries(value)) readJson(one, name, reader);
	}
}

function parsed(text: string, { facts }: Reader): unknown {
	try {
		return JSON.parse(text);
	} catch {
		facts.references.push({ at: 'the file', value: 'JSON', need: 'impossible' });
		return undefined;
	}
}

const addressKeys = new Set(['path', 'url', 'href', 'src', 'files', 'start_url']);

/** Whole addresses of this site in any text, up to the first mark that ends an address in prose. */
function ownAddresses(text: string, origin: string): string[] {
	const found: string[] = [];
	for (let at = text.indexOf(origin); at >= 0; at = text.indexOf(origin, at + 1)) {
		const rest = text.slice(at + origin.length);
		// Another host may begin with the name of this one.
		if (/^[\w.:-]*[\w-]/.test(rest)) continue;
		const path = /^[^\s"'<>()[\]{}\\|^`]*/.exec(rest)?.[0] ?? '';
		found.push(origin + path.replace(/[.,;:!?]+$/, ''));
	}
	return found;
}

function addressesInCss(css: string): string[] {
	if (!css.includes('url(')) return [];
	return [...css.matchAll(/url\(\s*(["']?)(.*?)\1\s*\)/g)].flatMap(([, , address = '']) =>
		address.startsWith('data:') || address.startsWith('#') ? [] : [address],
	);
}

function textOf(node: TreeNode): string {
	return node.type === 'text' ? (node.value ?? '') : (node.children ?? []).map(textOf).join('');
}

function shortened(text: string): string {
	return text.replace(/\s+/g, ' ').trim().slice(0, 60);
}

/** What one file says of itself and of others. */
export interface FileFacts {
	/** Ids of its elements; none in templates. */
	ids: Set<string>;
	/** Ids that more than one element has. */
	twins: Set<string>;
	references: FileReference[];
	/** Where the page leads on to by itself, as written. */
	movedTo?: string | undefined;
}

export interface FileReference {
	/** The place: `<a href>`, `<content> <img src>`. */
	at: string;
	/** As it was written. */
	value: string;
	need: Need;
	/** The words of a link. */
	words?: string;
}

interface Reader {
	facts: FileFacts;
	origin: string;
}

/** The part of a tree that is looked at. */
interface TreeNode {
	type: string;
	tagName?: string;
	value?: string;
	properties?: Properties;
	children?: TreeNode[];
}
