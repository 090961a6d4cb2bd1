import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AstroIntegration } from 'astro';

/**
 * Keeps Astro from serving kept pages that are not those of this build, in two cases it cannot see.
 * After a build that broke off: it keeps a copy of each page as soon as it is rendered, but writes
 * down only at the end which content the copies are of; whoever takes a change back would be served
 * the page with the change. After a change of the configuration or of a build step: it looks at the
 * configuration as JSON, in which a function or a pattern is nothing.
 */
export function wholeBuild(): AstroIntegration {
	let cacheDir: URL;
	let root: URL;
	const broken = (): URL => new URL('unfinished', cacheDir);
	const builder = (): URL => new URL('builder', cacheDir);
	return {
		name: 'tandem-whole-build',
		hooks: {
			'astro:config:done': ({ config }) => {
				({ cacheDir, root } = config);
			},
			'astro:build:start': ({ logger }) => {
				const steps = digestOf(root);
				const isBroken = existsSync(broken());
				const isOther = !existsSync(builder()) || readFileSync(builder(), 'utf8') !== steps;
				if (isBroken) logger.info('the last build broke off: its pages are not used');
				if (isBroken || isOther) {
					rmSync(new URL('incremental-build.json', cacheDir), { force: true });
				}
				mkdirSync(cacheDir, { recursive: true });
				writeFileSync(broken(), '');
				writeFileSync(builder(), steps);
			},
			'astro:build:generated': () => {
				rmSync(broken(), { force: true });
			},
		},
	};
}

/** Of the configuration and the steps it puts into a build. */
function digestOf(root: URL): string {
	const hash = createHash('sha256').update(readFileSync(new URL('astro.config.mjs', root)));
	const steps = new URL('src/integrations/', root);
	for (const name of readdirSync(steps, { recursive: true, encoding: 'utf8' }).toSorted()) {
		if (name.endsWith('.ts')) hash.update(name).update(readFileSync(new URL(name, steps)));
	}
	return hash.digest('hex');
}
