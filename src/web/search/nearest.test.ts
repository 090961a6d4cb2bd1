import { expect, test } from 'vitest';
import type { CataloguePage } from './catalogue.ts';
import { nearestTerms } from './nearest.ts';

const pages = [
	aPage('Pipeline', 'term', ['funnel']),
	aPage('Persona', 'term'),
	aPage('Promo card', 'term'),
	aPage('Prune the pipeline', 'tip'),
];

test('names the terms that look most like what was typed, by title or alias, and no other page', () => {
	expect(nearestTerms(pages, 'pipelinexq')[0]?.title).toBe('Pipeline');
	expect(nearestTerms(pages, 'fumneel')[0]?.title).toBe('Pipeline');
	expect(nearestTerms(pages, 'pipelinexq').map(({ title }) => title)).not.toContain(
		'Prune the pipeline',
	);
});

test('names no term for letters that are like nothing here', () => {
	expect(nearestTerms(pages, 'zzqqxwv')).toEqual([]);
	expect(nearestTerms(pages, '')).toEqual([]);
});

function aPage(title: string, kind: string, aliases: string[] = []): CataloguePage {
	return { path: '/a/', fragment: 'en_0', title, aliases, filters: { kind: [kind] } };
}
