/**
 * Lets no site be built in which a link of ours leads nowhere. It looks at the files themselves, at
 * the end of a build: whatever made a link, the page's address is what a reader gets.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { paths } from '#/endpoints/path.ts';
import type { ContentOptions } from '#/library/shelf.ts';
import { UserError } from '#/user-error.ts';
import { hashOf } from './file-hash.ts';
import { describeBreaks, findBreaks } from './links/breaks.ts';
import type { SiteFacts, Verdict } from './links/breaks.ts';
import { readFactsAhead } from './links/facts-ahead.ts';
import { keepFacts, noFacts } from './links/kept-facts.ts';
import type { FactsKeeper, ReadFacts } from './links/kept-facts.ts';
import { isReadable } from './links/references.ts';
import type { FileFacts } from './links/references.ts';
import { siteFiles } from './site-files.ts';

/**
 * The integration. It goes last, since others add pages and files. Links to other sites are not
 * asked for: a build needs no network.
 * @param options - the content of this build, which says why a page is not there
 * @param known - what others have read of the site's files
 */
export function links(
	options: ContentOptions,
	known: () => Promise<ReadFacts> = () => Promise.resolve(noFacts),
): AstroIntegration {
	let origin = '';
	let cacheDir = '';
	let outDir = new URL('file:///');
	let ahead: ReturnType<typeof readFactsAhead> | undefined;
	let readAhead: Promise<ReadFacts> | undefined;
	return {
		name: 'tandem-links',
		hooks: {
			'astro:config:done': ({ config }) => {
				origin = new URL(config.site ?? '').origin;
				cacheDir = fileURLToPath(config.cacheDir);
				outDir = config.outDir;
			},
			'astro:build:start': ({ setPrerenderer }) => {
				const reading = readFactsAhead(origin, outDir);
				setPrerenderer(reading.listening);
				ahead = reading;
			},
			'astro:build:generated': () => {
				readAhead = ahead?.finish();
			},
			'astro:build:done': async ({ dir, logger }) => {
				// While the thread reads the last pages.
				const listed = listSite(fileURLToPath(dir));
				const keeper = keepFacts(cacheDir, origin, (await readAhead) ?? noFacts, await known());
				const files = readFiles(listed, keeper);
				keeper.keep();
				const served = new Set<string>(options.audience === 'public' ? Object.values(paths) : []);
				const site = { origin, served, why: () => undefined };
				// Why a page is not there takes the content to say: it is read only where a link is broken.
				if (findBreaks(files, site).length > 0) {
					requireWhole(files, { ...site, why: await reasons(options) });
				}
				const count = [...files.values()].reduce(
					(sum, { references }) => sum + references.length,
					0,
				);
				logger.info(`${count} links, anchors and pictures lead somewhere`);
			},
		},
	};
}

/**
 * Reads every file of a built site.
 * @param folder - absolute path
 */
export function readSite(
	folder: string,
	reader: Pick<FactsKeeper, 'read'>,
): Map<string, FileFacts> {
	return readFiles(listSite(folder), reader);
}

/** The files of a site in the order of their names; of those that refer to others, the hash. */
function listSite(folder: string): ListedFile[] {
	return siteFiles(folder).map((file) => {
		const path = join(folder, file);
		return { file, path, hash: isReadable(file) ? hashOf(path).hash : undefined };
	});
}

function readFiles(
	listed: readonly ListedFile[],
	reader: Pick<FactsKeeper, 'read'>,
): Map<string, FileFacts> {
	return new Map(
		listed.map(({ file, path, hash }) => [
			file,
			hash === undefined
				? { ids: new Set(), twins: new Set(), references: [] }
				: reader.read(file, hash, () => readFileSync(path, 'utf8')),
		]),
	);
}

interface ListedFile {
	/** Path below the site's folder, with forward slashes. */
	file: string;
	/** Absolute. */
	path: string;
	hash: string | undefined;
}

/**
 * Refuses a site with a break.
 * @throws UserError with a line for each: the page, what is broken, what to do
 */
export function requireWhole(files: ReadonlyMap<string, FileFacts>, site: SiteFacts): void {
	const lines = describeBreaks(findBreaks(files, site));
	if (lines.length === 0) return;
	throw new UserError(
		`The site has ${lines.length} broken ${lines.length === 1 ? 'link' : 'links'}:\n${lines.join('\n')}`,
		'Correct them and build again. Nothing was published.',
	);
}

/** Why a page is not there, where an entry of its name is: it is unfinished, or not for these readers. */
async function reasons(options: ContentOptions): Promise<SiteFacts['why']> {
	// A build without a broken link, which is nearly every one, has no use for these.
	const [{ admit }, { dayOf }, { isReady }, { kinds }, { readShelf }] = await Promise.all([
		import('#/library/audience.ts'),
		import('#/day.ts'),
		import('#/library/entry.ts'),
		import('#/library/kinds.ts'),
		import('#/library/shelf.ts'),
	]);
	const { entries, settings } = await readShelf(options);
	const today = dayOf(options.now, settings.timeZone);
	const door = { audience: options.audience, today, settings, isPreview: false };
	const admitted = new Set(admit(entries, door).map(({ ref }) => ref));
	return (path): Verdict | undefined => {
		const [, folder, name] = path.split('/');
		const entry = entries.find(
			({ kind, slug }) =>
				kinds[kind].folder === folder && (kind === 'issue' ? slug.slice(0, 3) : slug) === name,
		);
		if (!entry || admitted.has(entry.ref)) return undefined;
		if (!isReady(entry)) {
			return {
				what: `${entry.file} is not ready, so it has no page.`,
				fix: 'Finish it and set status: ready, or take the link out.',
			};
		}
		return {
			what: `${entry.file} is not on this site${options.audience === 'public' ? ': it is for staff, or its day has not come' : ''}.`,
			fix: 'Take the link out, or change who may see the entry.',
		};
	};
}
