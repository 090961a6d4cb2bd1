/**
 * Golden queries: what the content itself says people type, asked of a built site, and what came
 * of it. Shared by the benchmark and by the test that keeps the figures from falling.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { find, pathOf } from '#/library/entries.ts';
import { openContent } from '#/library/shelf.ts';
import { UserError } from '#/user-error.ts';
import { catalogueFile } from '#/web/search/catalogue.ts';
import type { Catalogue } from '#/web/search/catalogue.ts';
import { exactPhrases, nonsense, readQueries } from '../query-sets.ts';
import type { QuerySet } from '../query-sets.ts';
import { ask, changedByGuessing } from './asking.ts';
import type { Figures } from './bounds.ts';
import { reportOn } from './report.ts';
import type { SetReport } from './report.ts';

/**
 * Asks the search page all sets, nonsense, and exact phrases with and without guesses.
 * @param most - of the exact phrases, so many are asked
 * @param page - stands on the search page of the site the catalogue is of
 */
export async function askGolden(
	page: Page,
	catalogue: Catalogue,
	sets: readonly QuerySet[],
	most: number,
	log: (line: string) => void,
): Promise<Pick<Figures, 'sets' | 'pages' | 'changedByGuessing' | 'falseMatches'>> {
	const reports: SetReport[] = [];
	for (const set of sets) {
		log(`Asking ${set.queries.length} queries: ${set.name} …`);
		const asked = set.queries.map(({ phrase }) => phrase);
		reports.push(reportOn(set, await ask(page, asked)));
	}
	log('Asking nonsense, and exact phrases without guesses …');
	const strings = nonsense(100);
	const answers = await ask(page, strings);
	return {
		sets: reports,
		pages: catalogue.pages.length,
		changedByGuessing: await changedByGuessing(page, exactPhrases(catalogue, most)),
		falseMatches: strings.filter((_, index) => {
			const answer = answers[index];
			return answer && answer.paths.length > 0 && !answer.isGuess;
		}),
	};
}

/**
 * A list of queries with what each should find, among the content of a folder.
 * @throws UserError where the file cannot be read, or a line of it
 */
export async function readList(file: string, contentDir: string): Promise<QuerySet> {
	const { library } = await openContent({ contentDir, now: new Date(), audience: 'staff' });
	let source: string;
	try {
		source = readFileSync(file, 'utf8');
	} catch (cause) {
		throw new UserError(`${file} cannot be read.`, 'Name a file of queries.', { cause });
	}
	return readQueries(source, file, (ref) => {
		if (ref === 'promo') return '/promos/';
		const entry = find(library, ref);
		// A page that is not there is never found: the line counts as a miss and is named.
		return (entry && pathOf(library, entry)) ?? `(no ${ref})`;
	});
}

/**
 * The catalogue of a built site, and what it weighs on the way to a browser, in brotli.
 * @throws UserError where the site has none
 */
export function readCatalogue(siteDir: string): { catalogue: Catalogue; catalogueBytes: number } {
	try {
		const bytes = readFileSync(join(siteDir, 'pagefind', catalogueFile));
		return {
			// Our own build wrote it.
			catalogue: JSON.parse(bytes.toString('utf8')) as Catalogue,
			catalogueBytes: brotliCompressSync(bytes).length,
		};
	} catch (cause) {
		throw new UserError(
			`${siteDir} has no search index.`,
			'Name a folder with a built playbook, or leave --site out to build one.',
			{ cause },
		);
	}
}
