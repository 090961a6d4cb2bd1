/**
 * One renderer in a process of its own: milliseconds from loading it to its first letter.
 * Called as `cold.ts <renderer> <folder of the rivals> <file with the content>`.
 */
import { readFileSync } from 'node:fs';
import { environment } from '#/environment.ts';
import { letterOf } from '#/email/letter.ts';
import { all } from '#/library/entries.ts';
import { openContent } from '#/library/shelf.ts';
import type { Content } from './article.ts';

const [renderer = '', folder = '', file = ''] = process.argv.slice(2);
console.log(JSON.stringify(renderer === 'tandem' ? await ours() : await theirs()));

async function ours(): Promise<number> {
	const { contentDir, now } = environment();
	const { library } = await openContent({ contentDir, audience: 'public', now });
	const issue = all(library, 'issue')[0];
	if (!issue) throw new Error('There is no issue.');
	const letter = letterOf(library, issue);
	const start = performance.now();
	const { letterHtml } = await import('#/email/html.ts');
	letterHtml(letter);
	return performance.now() - start;
}

async function theirs(): Promise<number> {
	// The parent wrote it as Content.
	const content = JSON.parse(readFileSync(file, 'utf8')) as Content;
	const start = performance.now();
	if (renderer === 'mjml') {
		const { openMjml } = await import('./mjml.ts');
		await (
			await openMjml(folder)
		)(content);
	} else {
		const { openReactEmail } = await import('./react-email.ts');
		await (await openReactEmail(folder)).html(content);
	}
	return performance.now() - start;
}
