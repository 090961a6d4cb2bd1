import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Library } from '#/library/entries.ts';
import { formatProblem } from '#/problem.ts';
import { UserError } from '#/user-error.ts';
import { catalogueFile } from '#/web/search/catalogue.ts';
import { catalogueOf } from './catalogue.ts';
import { checkFilters } from './filter-guard.ts';
import { readFragments } from './fragments.ts';
import { digestOfPages, readPages } from './pages.ts';
import { writeIndex } from './pagefind.ts';

/**
 * Writes `pagefind/` into a built site: the full-text index and the catalogue. Where no indexed
 * text, address or filter changed since the last build, the index of that build is taken.
 * @throws UserError where a page carries a filter that would find nothing
 */
export async function buildSearch(options: SearchBuild): Promise<SearchBuilt> {
	const { siteDir, cacheDir, library, log } = options;
	const started = performance.now();
	const pages = readPages(siteDir);
	const problems = pages.flatMap(checkFilters);
	if (problems.length > 0) {
		throw new UserError(
			problems.map(formatProblem).join('\n'),
			'Give each filter an element of its own. No search index was written.',
		);
	}
	const target = join(siteDir, 'pagefind');
	const kept = join(cacheDir, 'bundle');
	const stamp = join(cacheDir, 'digest.txt');
	// The one fact of the catalogue that no page has.
	const digest = digestOfPages(pages, library.settings.replyTo);
	const isKept = existsSync(join(kept, catalogueFile)) && readStamp(stamp) === digest;
	if (!isKept) {
		log(`indexing ${pages.length} pages`);
		rmSync(cacheDir, { recursive: true, force: true });
		mkdirSync(cacheDir, { recursive: true });
		await writeIndex(siteDir, kept);
		const catalogue = catalogueOf(readFragments(kept), library);
		writeFileSync(join(kept, catalogueFile), JSON.stringify(catalogue));
		// Last of all: a build that broke off leaves no stamp, so nothing half done is ever taken.
		writeFileSync(stamp, digest);
	}
	rmSync(target, { recursive: true, force: true });
	cpSync(kept, target, { recursive: true });
	const seconds = ((performance.now() - started) / 1000).toFixed(1);
	log(
		isKept
			? `${pages.length} pages unchanged, their index was kept, ${seconds} s`
			: `${pages.length} pages indexed in ${seconds} s`,
	);
	return { pageCount: pages.length, isKept };
}

function readStamp(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return undefined;
	}
}

export interface SearchBuild {
	/** Absolute path of the built site. */
	siteDir: string;
	/** Absolute path of a folder of this build's own, for what may be reused. */
	cacheDir: string;
	/** What this site may know. */
	library: Library;
	log: (line: string) => void;
}

export interface SearchBuilt {
	pageCount: number;
	/** True where nothing had to be indexed. */
	isKept: boolean;
}
