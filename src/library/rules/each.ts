import type { Entry } from '#/library/entry.ts';
import type { Problem } from '#/problem.ts';
import { checkClaims } from './claims.ts';
import { checkEntry } from './entry.ts';
import type { EntryFacts } from './finding.ts';
import { checkPictures } from './pictures.ts';
import { checkProse } from './prose.ts';

/** Everything that can be wrong with entries whose fields hold, each by itself. */
export function checkEach(entries: readonly Entry[], facts: EntryFacts): Problem[] {
	return entries.flatMap((entry) => [
		...checkEntry(entry, facts),
		...checkClaims(entry, facts),
		...checkProse(entry, facts),
		...checkPictures(entry, facts),
	]);
}
