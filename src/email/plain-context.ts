import type { BodyNode } from '#/library/tree.ts';
import type { Notes } from './notes.ts';
import type { Surroundings } from './surroundings.ts';

/** What every form of plain text shares: how it looks up, marks links, and renders what it holds. */
export interface PlainContext {
	surroundings: Surroundings;
	notes: Notes;
	/** Columns. */
	width: number;
	/** Renders blocks with a blank line between them. */
	blocks(nodes: readonly BodyNode[], context: PlainContext): string;
	/** Renders words and inline elements on one line; a hard break is a line break. */
	inlines(nodes: readonly BodyNode[], context: PlainContext): string;
}
