import { expect, test } from 'vitest';
import { pack, unpack } from './body-pack.ts';
import type { BodyNode } from './tree.ts';

const one: BodyNode[] = [
	{ type: 'text', value: 'Ask “why” first.', position: { line: 1, column: 1 } },
];
const two: BodyNode[] = [{ type: 'component', name: 'Term', props: { id: 'lead' }, children: one }];

test('a tree comes out of its pack as it went in', () => {
	const packs = [
		pack(new Map([['a', written(one)]])),
		pack(
			new Map([
				['b', written(two)],
				['c', written([])],
			]),
		),
	];
	expect(unpack(packs, 'a')).toEqual(one);
	expect(unpack(packs, 'b')).toEqual(two);
	expect(unpack(packs, 'c')).toEqual([]);
});

test('whoever changes a tree changes nobody else’s', () => {
	const packs = [pack(new Map([['a', written(one)]]))];
	unpack(packs, 'a')?.pop();
	expect(unpack(packs, 'a')).toEqual(one);
});

test('a name that no pack holds is no tree', () => {
	expect(unpack([pack(new Map())], 'a')).toBeUndefined();
	expect(unpack([], 'a')).toBeUndefined();
});

function written(nodes: readonly BodyNode[]): Uint8Array {
	return Buffer.from(JSON.stringify(nodes));
}
