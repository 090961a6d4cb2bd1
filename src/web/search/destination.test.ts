import { describe, expect, test } from 'vitest';
import type { CataloguePage } from './catalogue.ts';
import { destinationInText, destinationOf } from './destination.ts';
import { stemsOf } from './words.ts';

const page: CataloguePage = { path: '/tips/a/', fragment: 'en_0', title: 'A tip', filters: {} };

describe('destinationOf', () => {
	test('leads to the section that matched, its words marked', () => {
		const why = { field: 'heading', text: 'Try it, aloud', id: 'aloud' } as const;
		expect(destinationOf({ page, why })).toBe('/tips/a/#aloud:~:text=Try%20it%2C%20aloud');
	});

	test('marks a situation, which stands at the top', () => {
		const why = { field: 'when', text: 'a two-way street', id: undefined } as const;
		expect(destinationOf({ page, why })).toBe('/tips/a/#:~:text=a%20two%2Dway%20street');
	});

	test('marks nothing for a phrase that no page shows', () => {
		const why = { field: 'find', text: 'leads are rubbish', id: undefined } as const;
		expect(destinationOf({ page, why })).toBe('/tips/a/');
	});
});

describe('destinationInText', () => {
	test('marks the first searched word with the words after it, within its clause', () => {
		const excerpt = 'The card goes out. Give the budget to one person, and wait for an answer.';
		expect(destinationInText('/tips/a/#b', excerpt, stemsOf('budgets'))).toBe(
			'/tips/a/#b:~:text=budget%20to%20one%20person',
		);
	});

	test('marks nothing where the excerpt has none of the words', () => {
		expect(destinationInText('/tips/a/#b', 'Nothing here.', stemsOf('budget'))).toBe('/tips/a/#b');
	});
});
