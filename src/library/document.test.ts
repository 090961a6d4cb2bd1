import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDocument } from './document.ts';

const file = `---
title: Ask
sections:
  - title: All
    items:
      - { id: a, text: One }
      - id: b
        text: Two
related: [tip/one, tip/two]
---

Body.
`;

describe('placeOf', () => {
	test.each([
		[['title'], 2, 1],
		[['sections', 0, 'title'], 4, 5],
		[['sections', 0, 'items', 0, 'text'], 6, 18],
		[['sections', 0, 'items', 1, 'id'], 7, 9],
		[['sections', 0, 'items', 1, 'text'], 8, 9],
		[['related', 1], 9, 20],
		[['related'], 9, 1],
	])('finds %j at %i:%i', (path, line, column) => {
		expect(readDocument(file, 'mdx').placeOf(path)).toEqual({ line, column });
	});

	test('gives a missing field the place of its nearest parent', () => {
		const { placeOf } = readDocument(file, 'mdx');
		expect(placeOf(['nothing'])).toEqual({ line: 2, column: 1 });
		expect(placeOf(['sections', 0, 'items', 1, 'who'])).toEqual({ line: 7, column: 9 });
	});

	test('counts a YAML file from its first line', () => {
		expect(readDocument('name: Ada\nrole: Editor\n', 'yaml').placeOf(['role'])).toEqual({
			line: 2,
			column: 1,
		});
	});

	test('is not moved by CRLF or a byte order mark', () => {
		const other = readDocument(`\uFEFF${file.replaceAll('\n', '\r\n')}`, 'mdx');
		expect(other.placeOf(['related', 1])).toEqual({ line: 9, column: 20 });
		expect(other.body).toBe('\nBody.\n');
		expect(other.bodyLine).toBe(10);
		expect(other.data).toEqual(readDocument(file, 'mdx').data);
	});
});

describe('readDocument', () => {
	test('says where the body begins', () => {
		const { body, bodyLine, error } = readDocument(file, 'mdx');
		expect({ body, bodyLine, error }).toEqual({
			body: '\nBody.\n',
			bodyLine: 10,
			error: undefined,
		});
	});

	test('takes the first closing line, and leaves a later one to the body', () => {
		expect(readDocument('---\na: 1\n---\n\n---\nb: 2\n---\n', 'mdx')).toMatchObject({
			data: { a: 1 },
			body: '\n---\nb: 2\n---\n',
			bodyLine: 3,
		});
	});

	test('reads an empty frontmatter', () => {
		expect(readDocument('---\n---\nhi', 'mdx')).toMatchObject({
			data: {},
			body: 'hi',
			bodyLine: 2,
		});
	});

	test('reports a file without frontmatter', () => {
		expect(readDocument('Just words.', 'mdx').error).toMatchInlineSnapshot(`
			{
			  "column": 1,
			  "fix": "Put the fields between two lines of "---" at the top.",
			  "line": 1,
			  "message": "The file does not open with frontmatter.",
			}
		`);
	});

	test.each([
		[
			'nested colon',
			'a: b: c',
			1,
			4,
			'The fields are not YAML: nested mappings are not allowed in compact mappings.',
			'Quote a text',
		],
		[
			'unclosed quote',
			'a: 1\nb: "x',
			2,
			6,
			'The fields are not YAML: missing closing "quote.',
			'Close what is open',
		],
		[
			'key twice',
			'a: 1\nb: 2\na: 3',
			3,
			1,
			'The fields are not YAML: map keys must be unique.',
			'Keep one',
		],
		[
			'tab',
			'a:\n\tb: 1',
			2,
			1,
			'The fields are not YAML: tabs are not allowed as indentation.',
			'Indent with blanks',
		],
		[
			'bold text',
			'a: 1\nb: *bold* words',
			2,
			4,
			'"*bold*" points to another field; fields hold plain values only.',
			'Quote a text',
		],
		[
			'alias',
			'a: &x one\nb: *x',
			2,
			4,
			'"*x" points to another field; fields hold plain values only.',
			'Quote a text',
		],
		[
			'unclosed bracket',
			'a: [one',
			1,
			8,
			'The fields are not YAML: flow sequence in block collection must be sufficiently indented and end with a ].',
			'',
		],
		[
			'two documents',
			'a: 1\n---\nb: 2',
			2,
			1,
			'The fields are not YAML: source contains multiple documents; please use YAML.parseAllDocuments().',
			'Keep one block',
		],
	])('reports broken YAML with its place: %s', (_, yaml, line, column, message, fix) => {
		const { data, error } = readDocument(yaml, 'yaml');
		expect(data).toBeUndefined();
		expect(error).toMatchObject({ line, column, message, fix: expect.stringContaining(fix) });
	});

	test('never throws, whatever a file holds', () => {
		const yamlish = fc
			.array(fc.constantFrom(...'a:b-[]{}"\'#*&!|>%@`,?~\n \t\r\uFEFF0'.split('')))
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(fc.oneof(yamlish, fc.string({ unit: 'binary' })), (text) => {
				for (const source of [text, `---\n${text}\n---\n`, `a: ${text}`]) {
					for (const extension of ['mdx', 'yaml'] as const) {
						const document = readDocument(source, extension);
						for (const path of [[], ['a'], ['a', 0, 'b'], ['__proto__', 'x']]) {
							expect(document.placeOf(path).line).toBeGreaterThan(0);
						}
					}
				}
			}),
			{ numRuns: 500 },
		);
	});
});
