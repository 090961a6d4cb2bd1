import { expect, test } from 'vitest';
import { isBatch, splitBatch } from './split.ts';

const split = (batch: string): { path: string; html: string }[] =>
	Array.from(splitBatch(Buffer.from(batch)), ({ path, html }) => ({
		path,
		html: html.toString(),
	}));

const boundary = '0123456789abcdef';
const opening = `<!DOCTYPE html><html><head><meta name="tandem-batch" content="${boundary}"><style>a { color: red }</style></head></html> `;
const page = (title: string, text: string): string =>
	` <html lang="en"> <head><title>${title}</title></head><body>${text}</body></html> `;

test('a batch comes apart into the pages it was made of, each with what belongs into its head', () => {
	const batch = `${opening}<!--${boundary} /tips/ask/-->${page('Ask', 'One $& two, “three”')}<!--${boundary} /tips/wait/-->${page('Wait', 'Three')}`;
	expect(isBatch(Buffer.from(batch))).toBe(true);
	expect(split(batch)).toEqual([
		{
			path: '/tips/ask/',
			html: '<!DOCTYPE html><html lang="en"> <head><title>Ask</title><style>a { color: red }</style></head><body>One $& two, “three”</body></html>',
		},
		{
			path: '/tips/wait/',
			html: '<!DOCTYPE html><html lang="en"> <head><title>Wait</title><style>a { color: red }</style></head><body>Three</body></html>',
		},
	]);
});

test('a script of all pages stands in the head of each, where a page by itself has it', () => {
	const script = '<script type="module" src="/_astro/desk.js"></script>';
	const batch = `${opening.replace('<style>', `${script}<style>`)}<!--${boundary} /tips/ask/--><html><head><title>Ask</title> </head></html>`;
	expect(split(batch).map(({ html }) => html)).toEqual([
		`<!DOCTYPE html><html><head><title>Ask</title>${script} <style>a { color: red }</style></head></html>`,
	]);
});

test('the words of a page never part it', () => {
	const words = '<!--fedcba9876543210 /tips/other/--> and <!-- /tips/wait/-->';
	const batch = `${opening}<!--${boundary} /tips/ask/-->${page('Ask', words)}`;
	const [only, ...others] = split(batch);
	expect(others).toEqual([]);
	expect(only?.html).toContain(words);
});

test('a page by itself is no batch', () => {
	const single = `<!DOCTYPE html>${page('Ask', `<!--${boundary} /tips/ask/-->`).trim()}`;
	expect(isBatch(Buffer.from(single))).toBe(false);
	expect(() => split(single)).toThrow('does not open as one');
});

test('a batch whose pages need a script is refused: Astro writes it into the first alone', () => {
	const script = '<script type="module" src="/_astro/desk.js"></script>';
	const batch = `${opening}<!--${boundary} /tips/ask/-->${page('Ask', script)}`;
	expect(() => split(batch)).toThrow('has a script of its own');
});
