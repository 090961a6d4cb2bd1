/** The words that a letter adds to what the editor wrote. HTML and text say the same ones. */
import type { BodyComponent } from '#/library/tree.ts';
import type { LetterContent } from './letter.ts';

/** The link from the action to the tip it comes from. */
export function jumpLabel({ tip }: LetterContent): string {
	return `Go to the tip: ${tip.title}`;
}

/** `Note: title` */
export function calloutLabel({ props }: BodyComponent): string {
	const kind = capital(props['kind'] ?? 'note');
	return props['title'] ? `${kind}: ${props['title']}` : kind;
}

/** `Story (illustrative), a home-services firm` */
export function storyLabel({ props }: BodyComponent): string {
	const named = [props['name'], props['who']].filter((text) => text);
	return [`Story (${props['kind'] ?? 'illustrative'})`, ...named].join(', ');
}

/** Who said it and where; a quote without a known speaker says so. */
export function quoteLabel({ props }: BodyComponent): string {
	const by = props['by'] === 'unknown' ? 'source unknown' : props['by'];
	return [by, props['source'], props['year']].filter((text) => text).join(', ');
}

/** `View 1: its title (opinion)` */
export function viewLabel({ props }: BodyComponent, number: number | undefined): string {
	const name = number === undefined ? 'View' : `View ${number}`;
	const evidence = props['evidence'] ? ` (${props['evidence']})` : '';
	return `${name}: ${props['title'] ?? ''}${evidence}`;
}

function capital(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
