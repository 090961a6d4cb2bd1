import type { List } from '#/checklist/list.ts';
import { started } from '#/checklist/runs.ts';
import type { Runs } from '#/checklist/runs.ts';
import { readRuns, storeKey, writeRuns } from '#/checklist/store.ts';
import { freshRun } from './list.ts';

/**
 * Keeps a list's runs in this browser. What is kept is read afresh each time, since another window
 * may have changed it. Where nothing can be kept, the runs live as long as the page.
 */
export function openKeeper(list: List): Keeper {
	const key = storeKey(list.slug);
	let runs = started(undefined, freshRun(list, []));
	let trouble = '';
	/** True while the page knows more than the store does. */
	let isAhead = false;

	function read(): Runs {
		if (isAhead) return runs;
		try {
			const text = [list.slug, ...list.was]
				.map((slug) => localStorage.getItem(storeKey(slug)))
				.find((kept) => kept !== null);
			const reading = readRuns(text ?? null);
			if (reading.kind === 'runs') ({ runs } = reading);
			if (reading.kind === 'later') {
				isAhead = true;
				trouble = later;
			}
			if (reading.kind === 'unreadable') {
				localStorage.setItem(`${key}:unreadable`, text ?? '');
				localStorage.removeItem(key);
				trouble = unreadable;
			}
		} catch {
			isAhead = true;
			trouble = blocked;
		}
		return runs;
	}

	function write(changed: Runs): void {
		runs = changed;
		// What a later edition wrote is not ours to replace.
		if (trouble === later) return;
		try {
			localStorage.setItem(key, writeRuns(runs));
			if (trouble === blocked) trouble = '';
			isAhead = false;
		} catch {
			isAhead = true;
			trouble = blocked;
		}
	}

	return { read, write, trouble: () => trouble, key };
}

const blocked =
	'This browser does not keep your ticks. They last until you leave: to keep them, save the run as a file or copy its link.';
const later =
	'A newer edition of this page kept your ticks. Reload it to see them: nothing is kept until then.';
const unreadable = 'What was kept here cannot be read. It was put aside, and a new run began.';

interface Keeper {
	read(): Runs;
	write(runs: Runs): void;
	/** What is wrong with keeping, in words; empty where nothing is. */
	trouble(): string;
	/** The name under which the runs are kept. */
	key: string;
}
