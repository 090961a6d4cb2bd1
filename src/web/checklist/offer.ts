import type { List } from '#/checklist/list.ts';
import { merged } from '#/checklist/run.ts';
import { changed, openRun, started } from '#/checklist/runs.ts';
import type { NamedRun, Runs } from '#/checklist/runs.ts';
import { mergeWords, progressWords, viewOf } from '#/checklist/view.ts';
import { part } from '#/web/alignment/part.ts';
import { freshRun } from './list.ts';

/**
 * Shows a run that came from somebody else, and asks what to do with it. Nothing is merged before
 * the person has said so.
 */
export function showOffer(host: HTMLElement, list: List, { run, from, runs }: Offered): void {
	const target = mergeTarget(runs, run);
	const theirs = viewOf(run.ticks, list);
	const after = viewOf(merged(target.ticks, run.ticks), list);
	part(host, 'offer-title').textContent = `This ${from} holds a run: ${progressWords(theirs)}`;
	part(host, 'offer-words').textContent =
		`Yours is “${target.name}”. ${mergeWords(viewOf(target.ticks, list), after)}`;
	part(host, 'offer-merge').textContent = `Merge into “${target.name}”`;
	const dialog = part(host, 'offer', HTMLDialogElement);
	if (!dialog.open) dialog.showModal();
}

/** The person's run with the other one in it: the copy of the same run, else the one that is open. */
export function mergedInto(runs: Runs, run: NamedRun): Runs {
	const target = mergeTarget(runs, run);
	const ticks = merged(target.ticks, run.ticks);
	return { ...changed(runs, target.id, { ticks }), open: target.id };
}

/** The other run beside the person's own. It keeps its number, so that later links find it. */
export function besideOwn(runs: Runs, run: NamedRun, list: List): Runs {
	const fresh = freshRun(list, runs.all);
	const isTaken = runs.all.some(({ id }) => id === run.id);
	const name = run.name || `From a link, ${fresh.name}`;
	return started(runs, { ...run, name, id: isTaken ? fresh.id : run.id });
}

function mergeTarget(runs: Runs, run: NamedRun): NamedRun {
	return runs.all.find(({ id }) => id === run.id) ?? openRun(runs);
}

interface Offered {
	run: NamedRun;
	/** What it came in. */
	from: 'link' | 'file';
	runs: Runs;
}
