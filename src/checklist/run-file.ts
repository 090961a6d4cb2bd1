import type { List } from './list.ts';
import { fieldsOf, pack } from './packed.ts';
import type { NamedRun } from './runs.ts';
import { unpackRun } from './store.ts';

/** A run as a file. It holds the points by their ids, so it fits every edition of its list. */
export function writeRunFile({ id, name, ticks }: NamedRun, { slug, title }: List): string {
	return `${JSON.stringify({ format, version, list: slug, title, id, name, ticks: pack(ticks) }, null, '\t')}\n`;
}

/** Reads such a file, or says in words why it is not for this page. */
export function readRunFile(text: string, { slug, was }: List): FileOutcome {
	const file = fieldsOf(text);
	if (file['format'] !== format) return refused('This file holds no run of a checklist.');
	if (file['version'] !== version) {
		return refused('This page cannot read this file. Reload it, then open the file again.');
	}
	const { list } = file;
	if (list !== slug && !was.some((earlier) => earlier === list)) {
		return refused(`This file is for another checklist: ${String(file['title'])}.`);
	}
	const run = unpackRun(file);
	return run ? { kind: 'run', run } : refused('This file is damaged. Ask for it again.');
}

function refused(words: string): FileOutcome {
	return { kind: 'refused', words };
}

const format = 'tandem-checklist-run';
const version = 1;

export type FileOutcome = { kind: 'run'; run: NamedRun } | { kind: 'refused'; words: string };
