import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as pagefind from 'pagefind';

/**
 * Indexes a built site into a folder.
 * @throws Error with Pagefind's own as its cause
 */
export async function writeIndex(siteDir: string, outputPath: string): Promise<void> {
	try {
		const { index } = take(await pagefind.createIndex());
		if (!index) throw new Error('Pagefind made no index.');
		take(await index.addDirectory({ path: siteDir }));
		// Its own writing answers before the last bytes are in the files, and `close` ends it there.
		const { files } = take(await index.getFiles());
		for (const { path, content } of files.filter((file) => !uiFiles.includes(file.path))) {
			const file = join(outputPath, path);
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, content);
		}
	} catch (cause) {
		throw new Error('The search index could not be built.', { cause });
	} finally {
		await pagefind.close();
	}
}

function take<R extends { errors: string[] }>(response: R): R {
	if (response.errors.length > 0) throw new Error(response.errors.join('\n'));
	return response;
}

/** Pagefind's own interfaces, which no page of ours loads. */
const uiFiles = [
	'pagefind-ui.js',
	'pagefind-ui.css',
	'pagefind-modular-ui.js',
	'pagefind-modular-ui.css',
	'pagefind-component-ui.js',
	'pagefind-component-ui.css',
	'pagefind-highlight.js',
];
