import { readFileSync } from 'node:fs';
import type { Environment } from '#/environment.ts';

/** Who runs a command, and which program it is, as a receipt says it. */
export function runnerOf({ isCi, runId }: Environment): { runner: string; tool: string } {
	return {
		runner: isCi ? ['ci', ...(runId ? [runId] : [])].join(':') : 'person',
		tool: `tandem ${version()}`,
	};
}

function version(): string {
	// The file is our own, beside the scripts folder.
	const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
	return String((JSON.parse(file) as { version: unknown }).version);
}
