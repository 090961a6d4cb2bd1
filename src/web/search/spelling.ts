/**
 * What somebody meant by a word that the site does not know: the known words at the smallest
 * number of slips (a letter wrong, missing, too many, or two swapped), or else the words that
 * begin with it.
 * @returns at most six words, closest first; none for a word that is like nothing here
 */
export function guessesFor(word: string, known: readonly string[]): string[] {
	const most = word.length < 2 ? 0 : word.length < 8 ? 1 : 2;
	let best: string[] = [];
	let least = most;
	for (const candidate of known) {
		if (Math.abs(candidate.length - word.length) > least) continue;
		// Two letters are near to everything; only a third that was left out is a likely slip.
		if (word.length === 2 && candidate.length !== 3) continue;
		const distance = slipsBetween(word, candidate, least);
		if (distance > least) continue;
		if (distance < least) best = [];
		least = distance;
		best.push(candidate);
	}
	if (best.length === 0 && word.length >= 3) {
		best = known.filter((candidate) => candidate.startsWith(word));
	}
	// People seldom get the first letter wrong.
	const sameStart = best.filter((candidate) => candidate[0] === word[0]);
	const others = best.filter((candidate) => candidate[0] !== word[0]);
	return [...sameStart, ...others].slice(0, 6);
}

/** Optimal string alignment distance; any number above `most` stands for "too far". */
function slipsBetween(a: string, b: string, most: number): number {
	let before: number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		let least = i;
		for (let j = 1; j <= b.length; j++) {
			const cost = a[i - 1] === b[j - 1] ? 0 : 1;
			let value = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				value = Math.min(value, (before[j - 2] ?? 0) + 1);
			}
			next.push(value);
			least = Math.min(least, value);
		}
		if (least > most) return most + 1;
		before = row;
		row = next;
	}
	return row[b.length] ?? 0;
}
