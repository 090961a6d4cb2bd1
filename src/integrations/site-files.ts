import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every file of a built site. Node's own way to look below folders asks of each file once more what
 * its folder has said already.
 * @param folder - absolute path
 * @returns paths below it with forward slashes, in the order of their names
 */
export function siteFiles(folder: string): string[] {
	const files: string[] = [];
	const look = (below: string): void => {
		for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
			if (entry.isDirectory()) look(`${below}${entry.name}/`);
			else if (entry.isFile()) files.push(below + entry.name);
		}
	};
	look('');
	return files.toSorted();
}
