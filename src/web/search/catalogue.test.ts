import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { packWords, unpackWords } from './catalogue.ts';

test('unpacks the words that were packed, each once, in order', () => {
	const word = fc.stringMatching(/^[\p{Ll}\p{N}]{1,14}$/u);
	fc.assert(
		fc.property(fc.array(word), (words) => {
			expect(unpackWords(packWords(words))).toEqual([...new Set(words)].toSorted());
		}),
		{ seed: 20261124 },
	);
});
