import { expect, test } from 'vitest';
import { setKey, shortKey } from '#/alignment/question-set.ts';
import { sampleProblems } from '#/library/sample.ts';
import { formatProblem } from '#/problem.ts';
import { answerKey } from './question-sets.ts';

test('knows a set by the key that its answer codes hold', () => {
	for (const slug of ['alignment-check', 'leader-check', 'push-pull', 'same-word', 'a']) {
		expect(answerKey(slug)).toBe(shortKey(setKey(slug)));
	}
});

test('refuses a second set with the same key, unless nobody answers it', async () => {
	const twin = twinOf('first');
	const quiz = {
		mode: 'quiz',
		items: [1, 2, 3].map((n) => ({
			id: `q${n}`,
			text: `Which is number ${n}?`,
			type: 'choice',
			reads: 'knowledge',
			options: [
				{ id: 'a', text: 'This one' },
				{ id: 'b', text: 'That one' },
			],
		})),
	};
	const found = async (second: Record<string, unknown>): Promise<string[]> => {
		const files = { 'questions/first': quiz, [`questions/${twin}`]: second };
		return (await sampleProblems('questions/key', files)).map(formatProblem);
	};
	expect(await found(quiz)).toEqual([
		`questions/${twin}.mdx:2:1 answer codes cannot tell this set from questions/first.mdx. Give the newer of the two another file name.`,
	]);
	expect(await found({})).toEqual([]);
});

/** Another slug with the same key, after `first` in the alphabet. */
function twinOf(slug: string): string {
	for (let n = 0; ; n += 1) {
		if (answerKey(`second-${n}`) === answerKey(slug)) return `second-${n}`;
	}
}
