import type { Problem } from '#/problem.ts';
import { checkBalance } from './balance.ts';
import { checkChecklists } from './checklists.ts';
import type { ShelfFacts } from './finding.ts';
import { checkIssues } from './issues.ts';
import { checkPromos } from './promos.ts';
import { checkQuestionSets } from './question-sets.ts';
import { checkReceipts } from './receipts.ts';
import { checkReferences } from './references.ts';
import { checkTerms } from './terms.ts';

/** Everything that can be wrong with entries whose fields hold, together; `each.ts` has the rest. */
export function checkShelf(shelf: ShelfFacts): Problem[] {
	return [
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
