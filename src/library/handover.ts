/**
 * What one part of a build hands to another. Astro runs the configuration, the loader and the pages
 * as three copies of our modules; what all of them can reach is the process alone.
 */
import type { Pack } from './body-pack.ts';
import type { LibrarySource } from './entries.ts';

/** Leaves something for another part of this process, in place of what was left before. */
export function leave<N extends keyof Handover>(name: N, thing: Handover[N]): void {
	handover()[name] = thing;
}

/** What was left under a name, if anything was. */
export function left<N extends keyof Handover>(name: N): Partial<Handover>[N] {
	return handover()[name];
}

function handover(): Partial<Handover> {
	// Only this module writes under the symbol.
	const process = globalThis as { [table]?: Partial<Handover> };
	return (process[table] ??= {});
}

const table: unique symbol = Symbol.for('tandem.handover');

interface Handover {
	/** What a thread is reading: of which folders, for whom, and the library that comes of it. */
	library: { folders: string; source: Promise<LibrarySource> };
	/** The trees of bodies, by the digest of their entry. */
	bodies: readonly Pack[];
}
