import type { QuestionSet } from '#/alignment/question-set.ts';
import type { Round } from '#/alignment/round.ts';
import { part } from './part.ts';
import { answeringAddress, roundWords } from './round-link.ts';

/** Shows the round on the comparing page with its link, or offers to open one. */
export function showRound(host: HTMLElement, set: QuestionSet, round: Round | undefined): void {
	part(host, 'no-round').hidden = round !== undefined;
	part(host, 'with-round').hidden = round === undefined;
	const link = round ? answeringAddress(round) : '';
	part(host, 'round-link', HTMLInputElement).value = link;
	if (!round) {
		for (const name of ['round-mail', 'round-answer']) part(host, name).removeAttribute('href');
		return;
	}
	part(host, 'round-words').textContent = roundWords(round);
	part(host, 'round-answer', HTMLAnchorElement).href = link;
	const subject = encodeURIComponent(`Please answer: ${set.title}`);
	const body = encodeURIComponent(
		`Please answer these questions alone, and send me the code you get:\n${link}\n\n${roundWords(round)}\n`,
	);
	part(host, 'round-mail', HTMLAnchorElement).href = `mailto:?subject=${subject}&body=${body}`;
}
