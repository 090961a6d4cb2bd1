import { expect, test } from 'vitest';
import { missingPrograms } from './debian.ts';

test('names what is missing and how to install it, each package once', () => {
	expect(missingPrograms({ 'no-such-one': 'pack', sh: 'dash', 'no-such-two': 'pack' })).toBe(
		'Not on this machine: no-such-one, no-such-two. Install with: apt-get install --no-install-recommends pack',
	);
});

test('has nothing to say where all are there', () => {
	expect(missingPrograms({ sh: 'dash' })).toBeUndefined();
});
