import { expect, test } from 'vitest';
import { stemOf } from './stem.ts';

test.each([
	['lose', 'loses', 'lost', 'losing', 'loss'],
	['plan', 'plans', 'planned', 'planning'],
	['promise', 'promises', 'promised', 'promising'],
	['meeting', 'meetings', 'meet', 'met'],
	['enquiry', 'enquiries'],
	['organise', 'organize', 'organising', 'organized'],
	['colour', 'color', 'colours'],
	['make', 'makes', 'making', 'made'],
	['name', 'named', 'naming'],
	['agree', 'agreed', 'agreement'],
	['lead', 'leads', 'leading', 'led'],
])('brings the forms of %s together', (...forms) => {
	expect(new Set(forms.map(stemOf)).size).toBe(1);
});

test.each([
	['sales', 'sal'],
	['push', 'pull'],
	['brief', 'brand'],
	['market', 'mark'],
	['word', 'work'],
])('keeps %s and %s apart', (one, other) => {
	expect(stemOf(one)).not.toBe(stemOf(other));
});

test('leaves short words and words with digits alone', () => {
	expect(['icp', 'b2bs', 'sql'].map(stemOf)).toEqual(['icp', 'b2bs', 'sql']);
});
