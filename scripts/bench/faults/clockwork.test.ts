import { expect, test } from 'vitest';
import { clockwork } from './clockwork.ts';

test('wakes actors in the order of time, and of two at one instant the one who slept first', async () => {
	const moves: number[] = [];
	const works = clockwork(async (ms) => void moves.push(ms));
	const order: string[] = [];
	for (const [name, ...naps] of [
		['a', 10, 5],
		['b', 5, 10],
		['c', 0, 20],
	] as const) {
		works.spawn(name, async (actor) => {
			for (const nap of naps) {
				await actor.sleep(nap);
				order.push(`${name}${works.now()}`);
			}
		});
	}
	await works.run();
	expect(order).toEqual(['c0', 'b5', 'a10', 'b15', 'a15', 'c20']);
	expect(moves).toEqual([5, 5, 5, 5]);
});

test('lets one actor finish its step, real waiting included, before the next one wakes', async () => {
	const works = clockwork(async () => {});
	const order: string[] = [];
	works.spawn('slow', async (actor) => {
		await actor.sleep(1);
		await new Promise((resolve) => setImmediate(resolve));
		order.push('slow');
	});
	works.spawn('quick', async (actor) => {
		await actor.sleep(1);
		order.push('quick');
	});
	await works.run();
	expect(order).toEqual(['slow', 'quick']);
});

test('never wakes the dead, neither those asleep nor those who lie down later', async () => {
	const works = clockwork(async () => {});
	let isDead = false;
	const order: string[] = [];
	works.spawn('runner', async (actor) => {
		const sleepless = actor.sleep(10, () => isDead).then(() => order.push('woke'));
		await actor.sleep(5);
		isDead = true;
		void actor.sleep(1, () => isDead).then(() => order.push('woke too'));
		void sleepless;
		await actor.sleep(20);
		order.push('runner');
	});
	await works.run();
	expect(order).toEqual(['runner']);
});

test('passes on what an actor throws, and names one that hangs', async () => {
	const throws = clockwork(async () => {});
	throws.spawn('a', () => Promise.reject(new Error('broken')));
	await expect(throws.run()).rejects.toThrow('broken');
	const hangs = clockwork(async () => {}, 30);
	hangs.spawn('sleepwalker', () => new Promise(() => {}));
	await expect(hangs.run()).rejects.toThrow('sleepwalker did nothing');
});
