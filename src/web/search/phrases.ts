import type { CataloguePage } from './catalogue.ts';
import { stemOf } from './stem.ts';
import { keyOf, stemsOf, wordsOf } from './words.ts';

/** Everything a page may be found by, apart from its text. */
export function phrasesOf(page: CataloguePage, index: number): Phrase[] {
	const phrase = (field: Field, text: string, id?: string): Phrase => ({
		page: index,
		field,
		text,
		id,
		key: keyOf(text),
		stems: stemsOf(text),
		mass: 0,
	});
	return [
		phrase('title', page.title),
		...(page.aliases ?? []).map((text) => phrase('alias', text)),
		...(page.find ?? []).map((text) => phrase('find', text)),
		...(page.when ? [phrase('when', page.when)] : []),
		...(page.headings ?? []).map(({ text, id }) => phrase('heading', text, id)),
		...(page.summary ? [phrase('summary', page.summary)] : []),
	];
}

/** The names of a thing that are one word each. */
export function circleOf({ title, aliases }: CataloguePage): string[][] {
	const names = [title, ...(aliases ?? [])].flatMap((name) =>
		/\s/.test(name) ? [] : [stemOf(wordsOf(name).join(''))],
	);
	return aliases && names.length > 1 ? [names] : [];
}

export type Field = 'title' | 'alias' | 'find' | 'when' | 'heading' | 'summary';

export interface Phrase {
	page: number;
	field: Field;
	text: string;
	/** Where on the page it stands. */
	id: string | undefined;
	key: string;
	stems: ReadonlySet<string>;
	/** The sum of its stems' rarity. */
	mass: number;
}
