import { newRound, writeFragment } from '#/alignment/round.ts';
import type { Round } from '#/alignment/round.ts';
import { part } from './part.ts';
import { random } from './random.ts';

/**
 * Opens a round when somebody presses the button of `OpenRound.astro`.
 * @param opened - told of the new round
 */
export function roundOnPress(
	host: HTMLElement,
	opened: (round: Round) => void,
	signal: AbortSignal,
): void {
	const form = part(host, 'open-round', HTMLFormElement);
	form.addEventListener(
		'submit',
		(event) => {
			event.preventDefault();
			const mode = new FormData(form).get('mode') === 'open' ? 'open' : 'closed';
			opened(newRound(random(), mode));
		},
		{ signal },
	);
}

/** The answering page's address for a round. It holds the round, and no answer. */
export function answeringAddress(round: Round): string {
	const address = new URL('../answer/', location.href);
	address.hash = writeFragment({ round: round.round, mode: round.mode });
	return address.href;
}

/** Puts a round into the address without a new entry in the history, and takes anything else out. */
export function keepInAddress(round: Round | undefined): void {
	const address = new URL(location.href);
	address.hash = round ? writeFragment({ round: round.round, mode: round.mode }) : '';
	history.replaceState(null, '', address);
}

/** What a round is, in a sentence. */
export function roundWords({ round, mode }: Round): string {
	return mode === 'closed'
		? `Round ${round}, closed: no names.`
		: `Round ${round}, open: names may be known.`;
}
