import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Look } from '#/look.ts';
import { accentStyle } from '#/web/accent.ts';
import { root } from '../astro.ts';

/**
 * The style of the public site as one sheet, from the files its pages are built from, so that the
 * endpoints' pages look like them.
 * @throws Error where a file is not as it was: better no server than one without its look
 */
export function publicStylesheet(look: Look): string {
	const site = read('styles/site.css');
	const layers = [...site.matchAll(/@import '\.\/(?<file>[\w-]+\.css)' layer\((?<layer>\w+)\);/g)];
	const own = /<style is:global>(?<css>[\s\S]+?)<\/style>/.exec(read('PublicPage.astro'))?.groups?.[
		'css'
	];
	if (layers.length < 6 || own === undefined)
		throw new Error('The styles of the site were not found.');
	const accent = accentStyle(look);
	return [
		`@layer ${layers.map(({ groups }) => groups?.['layer']).join(', ')};`,
		...layers.map(
			({ groups }) => `@layer ${groups?.['layer']} {\n${read(`styles/${groups?.['file']}`)}}`,
		),
		read('styles/shell.css'),
		own,
		...(accent === undefined ? [] : [`@layer tokens {\n:root { ${accent} }\n}`]),
		'',
	].join('\n');
}

function read(file: string): string {
	return readFileSync(join(root, 'src/web', file), 'utf8');
}
