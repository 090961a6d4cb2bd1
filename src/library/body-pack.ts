/**
 * Trees of many bodies in one piece of memory, which threads share without a copy, and which
 * no garbage collection looks through.
 */
import type { BodyNode } from './tree.ts';

/** Packs trees, each written as JSON in UTF-8, under their names. */
export function pack(trees: ReadonlyMap<string, Uint8Array>): Pack {
	const sizes = [...trees.values()].map(({ length }) => length);
	const bytes = new Uint8Array(new SharedArrayBuffer(sizes.reduce((sum, size) => sum + size, 0)));
	const places: Pack['places'] = new Map();
	let at = 0;
	for (const [name, tree] of trees) {
		bytes.set(tree, at);
		places.set(name, [at, at + tree.length]);
		at += tree.length;
	}
	return { bytes, places };
}

/** The tree under a name in one of some packs, new at every call; undefined where none holds it. */
export function unpack(packs: readonly Pack[], name: string): BodyNode[] | undefined {
	for (const { bytes, places } of packs) {
		const place = places.get(name);
		if (!place) continue;
		const [start, end] = place;
		// Nothing else is packed.
		return JSON.parse(Buffer.from(bytes.buffer, start, end - start).toString()) as BodyNode[];
	}
	return undefined;
}

export interface Pack {
	bytes: Uint8Array<SharedArrayBuffer>;
	/** Where each tree lies in the bytes, by its name. */
	places: Map<string, readonly [start: number, end: number]>;
}
