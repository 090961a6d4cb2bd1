import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The version of a package that is installed in a folder; undefined where there is none.
 * @param folder - absolute path of a project
 */
export function installedVersion(folder: string, name: string): string | undefined {
	try {
		const manifest = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
		// A package's manifest has a version.
		return (JSON.parse(manifest) as { version: string }).version;
	} catch {
		return undefined;
	}
}
