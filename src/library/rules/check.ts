import type { Problem } from '#/problem.ts';
import { checkBalance } from './balance.ts';
import { checkChecklists } from './checklists.ts';
import { checkClaims } from './claims.ts';
import { checkEntry } from './entry.ts';
import type { ShelfFacts } from './finding.ts';
import { checkIssues } from './issues.ts';
import { checkPictures } from './pictures.ts';
import { checkPromos } from './promos.ts';
import { checkProse } from './prose.ts';
import { checkQuestionSets } from './question-sets.ts';
import { checkReceipts } from './receipts.ts';
import { checkReferences } from './references.ts';
import { checkTerms } from './terms.ts';

/** Everything that can be wrong with entries whose fields hold, alone and together. */
export function checkShelf(shelf: ShelfFacts): Problem[] {
	return [
		...shelf.entries.flatMap((entry) => checkEntry(entry, shelf)),
		...shelf.entries.flatMap((entry) => checkClaims(entry, shelf)),
		...shelf.entries.flatMap((entry) => checkProse(entry, shelf)),
		...shelf.entries.flatMap((entry) => checkPictures(entry, shelf)),
		...checkReferences(shelf),
		...checkQuestionSets(shelf),
		...checkChecklists(shelf),
		...checkTerms(shelf),
		...checkIssues(shelf),
		...checkPromos(shelf),
		...checkReceipts(shelf),
		...checkBalance(shelf),
	];
}
