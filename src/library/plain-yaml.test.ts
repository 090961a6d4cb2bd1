import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { readPlainYaml } from './plain-yaml.ts';

const usual = `title: Listen to twenty calls
topic: handoff
public: true
effort: 30
stage: [consideration, loyalty]
find:
  - two - or three
  - "the lead: again"
sections:
  - title: 'Before: all'
    items:
      - id: point-1
        text: Ask whose no#1 it was, at 9:30 or 0x1F
        who:
      - id: point-2
reviewed: 2026-10-12
`;

test('reads fields as they are usually written', () => {
	expect(readPlainYaml(usual)).toEqual({
		title: 'Listen to twenty calls',
		topic: 'handoff',
		public: true,
		effort: 30,
		stage: ['consideration', 'loyalty'],
		find: ['two - or three', 'the lead: again'],
		sections: [
			{
				title: 'Before: all',
				items: [
					{ id: 'point-1', text: 'Ask whose no#1 it was, at 9:30 or 0x1F', who: null },
					{ id: 'point-2' },
				],
			},
		],
		reviewed: '2026-10-12',
	});
	expect(readPlainYaml('')).toEqual({});
});

test.each([
	['an alias', 'title: *other\n'],
	['a tag', 'title: !!int 3\n'],
	['a text over several lines', 'title: one\n  two\n'],
	['a block of text', 'title: |\n  one\n'],
	['a list in a list', 'stage: [[a], b]\n'],
	['an escape', 'title: "a\\tb"\n'],
	['a comment', 'title: a # b\n'],
	['a tab', 'title:\ta\n'],
	['a field that is there twice', 'title: a\ntitle: b\n'],
	['two documents', 'title: a\n---\ntitle: b\n'],
	['a key that is nothing', 'null: a\n'],
])('leaves %s to the parser that knows places', (_, yaml) => {
	expect(readPlainYaml(yaml)).toBeUndefined();
});

describe('agrees with the parser that knows places', () => {
	test('on fields with any one-line value', () => {
		const text = fc.stringMatching(/^[\w£$(.+-][\w :#,'"[\]{}.+-]{0,12}$/);
		const line = fc
			.record({ depth: fc.nat(2), dashes: fc.nat(1), key: fc.boolean(), text })
			.map(
				({ depth, dashes, key, text }) =>
					`${'  '.repeat(depth)}${'- '.repeat(dashes)}${key ? `k${text.length}: ` : ''}${text}\n`,
			);
		const lines = fc.array(line, { maxLength: 6 }).map((all) => all.join(''));
		expect(agreement(lines, 20_000)).toBeGreaterThan(1000);
	});

	test('on a usual file with slips of the pen', () => {
		const slip = fc.record({
			at: fc.nat(usual.length),
			cut: fc.nat(2),
			put: fc.constantFrom(...slips),
		});
		const slipped = fc
			.array(slip, { maxLength: 4 })
			.map((all) =>
				all.reduce(
					(yaml, { at, cut, put }) => yaml.slice(0, at) + put + yaml.slice(at + cut),
					usual,
				),
			);
		expect(agreement(slipped, 20_000)).toBeGreaterThan(1000);
	});
});

/** @returns how many of the texts were read, each as `yaml` reads it */
function agreement(yamls: fc.Arbitrary<string>, numRuns: number): number {
	let count = 0;
	fc.assert(
		fc.property(yamls, (yaml) => {
			const plain = readPlainYaml(yaml);
			if (plain === undefined) return;
			const document = parseDocument(yaml, { prettyErrors: false });
			expect(document.errors, yaml).toEqual([]);
			expect(plain, yaml).toEqual(document.toJS() ?? {});
			count++;
		}),
		{ numRuns },
	);
	return count;
}

const slips = [
	...Array.from(`:-#'"[]{},&*!|>%@\`?~<= \t\n0123456789._+xoeE`),
	': ',
	' #',
	'- ',
	'\n  ',
	'\n- ',
	'---\n',
	'...\n',
	'? ',
	'<<: ',
	'true',
	'null',
	'\\',
	'é',
	'\u2028',
	'\u00A0',
	'\u0085',
	'\0',
	'\uFEFF',
];
