/**
 * A letter with every construct of Markdown and every component with every property, and its mail
 * as it is today. A change of a renderer shows here as a difference to read: `vitest -u` takes it.
 */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { componentNames, vocabulary } from '#/library/vocabulary.ts';
import { readFileSync, readdirSync } from 'node:fs';
import { kitchenSink, lettersOf } from './mail-fixture.ts';

const { letters, problems } = await lettersOf(kitchenSink);

describe('the kitchen sink', () => {
	test.each(letters)('$slug makes the mail it made before', async ({ slug, message }) => {
		const { html, text, ...rest } = message;
		await expect(html).toMatchFileSnapshot(join(kitchenSink, '_golden', `${slug}.html`));
		await expect(text).toMatchFileSnapshot(join(kitchenSink, '_golden', `${slug}.txt`));
		await expect(`${JSON.stringify(rest, null, '\t')}\n`).toMatchFileSnapshot(
			join(kitchenSink, '_golden', `${slug}.json`),
		);
	});

	test('uses every component with every property', () => {
		const source = bodies().join('\n');
		const lacking = componentNames.flatMap((name) => {
			const tags = [...source.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'g'))].map(
				([, props = '']) => props,
			);
			if (tags.length === 0) return [name];
			return Object.entries(vocabulary[name].props).flatMap(([prop, facts]) => {
				const wanted: readonly string[] = 'values' in facts ? facts.values : [''];
				return wanted
					.filter((value) => !tags.some((props) => props.includes(`${prop}="${value}`)))
					.map((value) => `${name} ${prop}="${value}"`);
			});
		});
		expect(lacking).toEqual([]);
	});

	test('passes the content check, but for what stands beyond the model on purpose', () => {
		const errors = problems.filter(({ level }) => level === 'error');
		expect([...new Set(errors.map(({ file }) => file))]).toEqual(['tips/beyond-the-model.mdx']);
		expect([...new Set(errors.map(({ rule }) => rule))].toSorted()).toEqual([
			'body/blockquote',
			'body/code-block',
			'body/deleted',
			'body/footnote',
			'body/heading',
			'body/image',
			'body/link-target',
			'body/rule-line',
			'body/table-width',
			'body/task',
		]);
	});
});

function bodies(): string[] {
	return ['issues', 'tips'].flatMap((folder) =>
		readdirSync(join(kitchenSink, folder))
			.filter((name) => name.endsWith('.mdx'))
			.map((name) => readFileSync(join(kitchenSink, folder, name), 'utf8')),
	);
}
