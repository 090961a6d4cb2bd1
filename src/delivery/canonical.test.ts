import { describe, expect, test } from 'vitest';
import { canonicalHash, canonicalJson, shortHash } from './canonical.ts';

describe('canonicalJson', () => {
	test('sorts keys at every depth and leaves no spaces', () => {
		expect(canonicalJson({ b: [1, { z: 1, a: 2 }], a: 'x' })).toBe(
			'{"a":"x","b":[1,{"a":2,"z":1}]}',
		);
	});

	test('writes an absent field as null', () => {
		expect(canonicalJson({ a: undefined, b: null })).toBe('{"a":null,"b":null}');
	});

	test('writes every line end as LF', () => {
		expect(canonicalJson('a\r\nb\rc\n')).toBe('"a\\nb\\nc\\n"');
	});

	test('keeps letters outside ASCII as they are', () => {
		expect(canonicalJson('Zoë – 😀')).toBe('"Zoë – 😀"');
	});

	test.each([[Number.NaN], [Infinity], [() => 1], [10n], ['\ud800']])(
		'refuses %s, which JSON cannot hold',
		(value) => {
			expect(() => canonicalJson(value)).toThrow(TypeError);
		},
	);
});

test('equal values have equal hashes in whatever order they were written', () => {
	expect(canonicalHash({ a: 1, b: 2 })).toBe(canonicalHash({ b: 2, a: 1 }));
	expect(canonicalHash({ a: 1, b: 2 })).not.toBe(canonicalHash({ a: 1, b: 3 }));
});

test('the hash is SHA-256 in hex, and its first 12 digits name a broadcast', () => {
	const hash = canonicalHash({});
	expect(hash).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
	expect(shortHash(hash)).toBe('44136fa355b3');
});
