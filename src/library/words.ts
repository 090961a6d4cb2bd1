/** Counts words as the content model does: runs between white space with at least one letter or digit. */
export function countWords(text: string): number {
	return text.match(/[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}

/** Whole minutes to read a number of words at a rate a minute, rounded up, at least one. */
export function readingMinutes(words: number, rate: number): number {
	return Math.max(1, Math.ceil(words / rate));
}
