import type { EntryOf } from '#/library/entry.ts';
import { isReady } from '#/library/entry.ts';
import type { Problem } from '#/problem.ts';
import type { ShelfFacts } from './finding.ts';

/** What no single file can show: whether the whole keeps both teams in view. */
export function checkBalance(shelf: ShelfFacts): Problem[] {
	const tips = shelf.entries.filter(
		(entry): entry is EntryOf<'tip'> => entry.kind === 'tip' && isReady(entry),
	);
	const problems: Problem[] = [];
	const together = tips.filter((tip) => tip.data.together).length;
	if (tips.length > 0 && together * 2 < tips.length) {
		problems.push({
			file: 'tips',
			rule: 'balance/together',
			level: 'report',
			message: `${together} of ${tips.length} tips need someone from the other team; at least half do best.`,
			fix: 'Plan tips that two people do together.',
		});
	}
	const issues = shelf.entries
		.filter((entry): entry is EntryOf<'issue'> => entry.kind === 'issue' && isReady(entry))
		.toSorted((a, b) => a.data.number - b.data.number)
		.flatMap((issue) => tips.find((tip) => tip.ref === issue.data.tip) ?? []);
	for (let start = 0; start + 8 <= issues.length; start++) {
		const eight = issues.slice(start, start + 8);
		for (const [team, least] of Object.entries({ sales: 2, marketing: 2, leadership: 1 })) {
			const count = eight.filter(
				({ data }) => data.function === team || (data.function === 'both' && team !== 'leadership'),
			).length;
			if (count >= least) continue;
			problems.push({
				file: 'issues',
				rule: 'balance/function',
				level: 'report',
				message: `issues ${start + 1} to ${start + 8} have ${count} tips for ${team}, at least ${least}.`,
				fix: `Plan one for ${team}.`,
			});
		}
	}
	for (let start = 0; start + 4 <= issues.length; start++) {
		const four = issues.slice(start, start + 4).map(({ data }) => data.topic);
		const often = four.find((topic) => four.filter((other) => other === topic).length > 2);
		if (!often) continue;
		problems.push({
			file: 'issues',
			rule: 'balance/topic',
			level: 'report',
			message: `issues ${start + 1} to ${start + 4} lead with ${often} more than twice.`,
			fix: 'Mix the topics.',
		});
	}
	return problems;
}
