import { expect, test } from 'vitest';
import { openOnce } from './once.ts';

test('each thing passes once, and with no room left nothing new does until something has ended', () => {
	let ms = 0;
	const once = openOnce(2, () => new Date(ms));
	expect([once.take('a', 100), once.take('a', 100), once.take('b', 200)]).toEqual([
		true,
		false,
		true,
	]);
	expect(once.take('c', 300)).toBe(false);
	ms = 100;
	expect([once.take('c', 300), once.take('b', 200), once.take('d', 300)]).toEqual([
		true,
		false,
		false,
	]);
});
