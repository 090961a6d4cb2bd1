import { expect, test } from 'vitest';
import { guessesFor } from './spelling.ts';

const known = ['campaign', 'lead', 'load', 'mql', 'pipeline', 'promo', 'sal', 'sql', 'this'];

test.each([
	['pipline', ['pipeline']],
	['campiagn', ['campaign']],
	['xromo', ['promo']],
	['leadd', ['lead']],
	['lqad', ['lead', 'load']],
	['ml', ['mql']],
])('takes %s for %j', (word, meant) => {
	expect(guessesFor(word, known)).toEqual(meant);
});

test('takes the beginning of a word for the word', () => {
	expect(guessesFor('camp', known)).toEqual(['campaign']);
});

test('guesses nothing where nothing is near', () => {
	expect(guessesFor('quantum', known)).toEqual([]);
	expect(guessesFor('x', known)).toEqual([]);
});
