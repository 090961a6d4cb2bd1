import { fieldsOf, isWhole, pack, unpack } from './packed.ts';
import { runIds } from './runs.ts';
import type { NamedRun, Runs } from './runs.ts';

/** The name under which a browser keeps the runs of a list. */
export function storeKey(slug: string): string {
	return `tandem-checklist:${slug}`;
}

/** Runs as text for the browser's own store. */
export function writeRuns({ open, all }: Runs): string {
	return JSON.stringify({ version, open, all: all.map(packRun) });
}

/** Reads what `writeRuns` wrote, this year or any other. */
export function readRuns(text: string | null): Reading {
	if (text === null) return { kind: 'none' };
	const { version: theirs, open, all } = fieldsOf(text);
	if (isWhole(theirs, 1e6) && theirs > version) return { kind: 'later' };
	const runs = Array.isArray(all) ? all.map(unpackRun) : [];
	const sound = runs.filter((run) => run !== undefined);
	const [first] = sound;
	if (theirs !== version || !first || sound.length < runs.length) return { kind: 'unreadable' };
	const isThere = sound.some(({ id }) => id === open);
	return { kind: 'runs', runs: { open: isThere ? Number(open) : first.id, all: sound } };
}

function packRun({ id, name, ticks }: NamedRun): unknown {
	return { id, name, ticks: pack(ticks) };
}

/** A run as `packRun` wrote it; undefined for anything else. */
export function unpackRun(value: unknown): NamedRun | undefined {
	// Each field is asked for its value below.
	const { id, name, ticks } = Object(value) as Record<string, unknown>;
	const run = unpack(ticks);
	if (!run || !isWhole(id, runIds - 1) || typeof name !== 'string') return undefined;
	return { id, name: name.slice(0, longestName), ticks: run };
}

/** Characters of a run's name. */
const longestName = 60;

const version = 1;

export type Reading =
	| { kind: 'runs'; runs: Runs }
	| { kind: 'none' }
	/** A later edition of this page wrote it: it must not be overwritten. */
	| { kind: 'later' }
	| { kind: 'unreadable' };
