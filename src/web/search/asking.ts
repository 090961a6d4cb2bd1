/**
 * Asking while somebody types: what the catalogue knows at once, what the texts say after a pause.
 * The search page and the dialog both ask this way, and each shows it in its own form.
 */
import type { Answer, Engine } from './engine.ts';
import type { Filters } from './facets.ts';

/**
 * Makes a function that answers a question, and the next before the last is done.
 * @param open - gives the engine; called again after it failed
 * @param show - is called once or twice a question, and never for one that was overtaken
 */
export function asker(
	open: () => Promise<Engine>,
	show: (shown: Shown) => void,
): (question: Question) => Promise<void> {
	let turn = 0;
	return async (question) => {
		const mine = ++turn;
		const isLatest = (): boolean => mine === turn;
		const { text, filters, isExact } = question;
		if (isIdle(question)) {
			show({ question, state: 'idle', answer: undefined, status: '', isWhole: true });
			return;
		}
		let glance: Answer | undefined;
		try {
			const engine = await open();
			if (!isLatest()) return;
			glance = engine.glance(text, filters, !isExact);
			// Before the texts have been searched, "nothing" may be wrong.
			if (text !== '' && glance.results.length > 0) show(shownOf(question, glance, false));
			if (text !== '') await new Promise((resolve) => setTimeout(resolve, pauseInTyping));
			if (!isLatest()) return;
			const answer = text === '' ? glance : await engine.ask(text, filters, !isExact);
			if (isLatest()) show(shownOf(question, answer, true));
		} catch {
			if (!isLatest()) return;
			const status = glance
				? `${countOf(glance)} by title. The texts could not be searched.`
				: 'Search could not be loaded. Check your connection and try again.';
			show({
				question,
				state: glance && glance.results.length > 0 ? 'results' : 'error',
				answer: glance,
				status,
				isWhole: true,
			});
		}
	};
}

/** True where nothing was typed and nothing chosen. */
export function isIdle({ text, filters }: Question): boolean {
	return text === '' && Object.values(filters).every((values) => values.length === 0);
}

/** What to say of words that the site does not know; nothing of a question it knows whole. */
export function remarkOf({ answer, question }: Shown): Remark {
	if (!answer) return { words: '', corrected: undefined };
	const { unknown, corrected } = answer;
	const known = unknown.length > 0 && answer.results.length > 0;
	return {
		words: [
			corrected === undefined ? '' : `Showing results for “${corrected}”.`,
			known ? `No page has ${unknown.map((word) => `“${word}”`).join(' or ')}.` : '',
			question.isExact ? `Searched for “${question.text}” as it is written.` : '',
		]
			.filter((words) => words !== '')
			.join(' '),
		corrected,
	};
}

function shownOf(question: Question, answer: Answer, isWhole: boolean): Shown {
	const { text } = question;
	const { results, total, corrected } = answer;
	const isNone = results.length === 0;
	const about = text === '' ? '' : ` for “${corrected ?? text}”`;
	const missing = corrected === undefined || !answer.isGuess ? '' : `Nothing has “${text}”. `;
	const hidden = results.length < total ? ` of ${total}` : '';
	const status = isNone
		? total > 0
			? `Nothing left${about}: the filters hide ${total === 1 ? '1 result' : `all ${total} results`}.`
			: `Nothing found${about}.`
		: `${missing}${results.length}${hidden} ${total === 1 ? 'result' : 'results'}${about}.`;
	return {
		question,
		state: isNone ? (total > 0 ? 'hidden' : 'none') : 'results',
		answer,
		status: isWhole ? status : '',
		isWhole,
	};
}

function countOf({ results }: Answer): string {
	return results.length === 1 ? '1 page' : `${results.length} pages`;
}

/** Milliseconds without a key before the full text is asked. */
const pauseInTyping = 120;

export interface Question {
	text: string;
	filters: Filters;
	/** True takes every word as it is written, and corrects none. */
	isExact: boolean;
}

export interface Shown {
	question: Question;
	/** `hidden`: something was found, and the filters leave nothing of it. */
	state: 'idle' | 'results' | 'hidden' | 'none' | 'error';
	answer: Answer | undefined;
	/** For everybody to read and hear; empty until the texts have been searched. */
	status: string;
	/** False of a first glance. */
	isWhole: boolean;
}

interface Remark {
	words: string;
	/** The question as it was understood, where that is not as it was typed. */
	corrected: string | undefined;
}
