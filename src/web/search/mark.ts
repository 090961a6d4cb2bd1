import { stemOf } from './stem.ts';
import { isStopWord, wordsOf } from './words.ts';

/** Splits a text where searched words begin and end; `isMarked` says which piece is one. */
export function markIn(text: string, stems: ReadonlySet<string>): Piece[] {
	const pieces: Piece[] = [];
	for (const [run] of text.matchAll(/[\p{L}\p{N}'’]+|[^\p{L}\p{N}'’]+/gu)) {
		const word = wordsOf(run)[0];
		const isMarked = word !== undefined && !isStopWord(word) && stems.has(stemOf(word));
		const last = pieces.at(-1);
		if (last && last.isMarked === isMarked) last.text += run;
		else pieces.push({ text: run, isMarked });
	}
	return pieces;
}

export interface Piece {
	text: string;
	isMarked: boolean;
}
