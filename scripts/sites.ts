import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters, styleText } from 'node:util';
import { environment } from '#/environment.ts';
import { UserError } from '#/user-error.ts';
import { astroBin, root, runNode } from './astro.ts';

/**
 * Builds both sites side by side, with a line of progress for each step. They are built apart and
 * take the place of the sites before them when both are whole: whoever serves the folder serves
 * whole sites all the time, and a build that fails changes nothing.
 * @param env - added to the environment of both builds
 * @throws UserError with what a build printed, where it fails
 */
export async function buildSites(env: Record<string, string>): Promise<void> {
	const outDir = env['TANDEM_OUT'] ?? environment().outDir;
	const next = join(outDir, '.next');
	rmSync(next, { recursive: true, force: true });
	try {
		await buildInto(next, env);
		putInPlace(next, outDir);
	} finally {
		rmSync(next, { recursive: true, force: true });
	}
}

async function buildInto(outDir: string, given: Record<string, string>): Promise<void> {
	const sites = ['playbook', 'newsletter'] as const;
	const env = { ...given, TANDEM_OUT: outDir };
	// Astro keeps a build's half-done pages beside its output where that lies in the project, and in
	// one shared folder where it does not: two builds at once would mix there.
	const isApart = outDir.startsWith(root);
	const results: Built[] = isApart ? await Promise.all(sites.map((site) => build(site, env))) : [];
	if (!isApart) for (const site of sites) results.push(await build(site, env));
	const failed = results.filter(({ code }) => code !== 0);
	if (failed.length === 0) return;
	// Both builds read the same content: an error of the content is the same in both.
	const outputs = new Set(failed.map(({ output }) => explain(output)));
	throw new UserError(
		[...outputs].join('\n\n'),
		`${failed.map(({ site }) => site).join(' and ')} ${failed.length === 1 ? 'was' : 'were'} not built. What was built before is as it was.`,
	);
}

/** Two renames a folder, and nothing of this process runs between them. */
function putInPlace(next: string, outDir: string): void {
	const before = join(next, '.before');
	mkdirSync(before);
	for (const name of readdirSync(next).filter((folder) => folder !== '.before')) {
		const place = join(outDir, name);
		if (existsSync(place)) renameSync(place, join(before, name));
		renameSync(join(next, name), place);
	}
}

async function build(site: string, env: Record<string, string>): Promise<Built> {
	const started = performance.now();
	console.error(`${site}: building`);
	const result = await runNode([astroBin, 'build'], { ...env, SITE: site }, (line) => {
		const step = stepOf(line);
		if (step) console.error(`${site}: ${step}`);
	});
	const seconds = ((performance.now() - started) / 1000).toFixed(1);
	if (result.code === 0) console.error(`${site}: built in ${seconds} s`);
	return { site, ...result };
}

/** The lines of a build that tell a person how far it is. */
function stepOf(line: string): string | undefined {
	const plain = stripVTControlCharacters(line).replace(/^\d\d:\d\d:\d\d /, '');
	return /^\[(?:tandem-content|tandem-search|tandem-outbox|tandem-links)\] (?<step>.+)$/.exec(plain)
		?.groups?.['step'];
}

/** A build's own words about its failure, without the trace of a mistake that is the writer's. */
function explain(output: string): string {
	const start = output.search(/The (?:content has \d+ error|site has \d+ broken)|settings\.yaml/);
	if (start < 0) return styleText('red', output);
	return output.slice(start).split(/\n\s*(?:Hint:|Location:|Stack trace:)/)[0] ?? output;
}

interface Built {
	site: string;
	code: number;
	output: string;
}
