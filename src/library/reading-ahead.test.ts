import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unpack } from './body-pack.ts';
import { readBody } from './body.ts';
import { leave } from './handover.ts';
import { readAhead, shelfAhead } from './reading-ahead.ts';
import { lean, readShelf } from './shelf.ts';
import { sampleFolder, sampleNow } from './sample.ts';

describe('readAhead', () => {
	test('reads what the loader would have read, and finds the same problems', async () => {
		const options = { contentDir: sampleFolder({ 'tip/ask': { topic: 'lists' } }), now: sampleNow };
		const begun = readAhead(options);
		const ahead = await shelfAhead(options);
		const { problems, ...shelf } = await readShelf({ ...options, audience: 'staff' });
		expect(problems.map(({ rule }) => rule)).toContain('fields/value');
		expect(await begun.problems).toEqual(problems);
		expect(ahead).toEqual({
			...shelf,
			entries: shelf.entries.map(lean),
			bodies: [expect.anything()],
		});
	});

	test('brings the bodies, which are then not read from their files again', async () => {
		const contentDir = sampleFolder({ 'tip/ask': { body: 'Ask **first**.' } });
		readAhead({ contentDir, now: sampleNow });
		const shelf = await shelfAhead({ contentDir });
		const tip = shelf?.entries.find(({ ref }) => ref === 'tip/ask');
		if (!shelf || !tip) throw new Error('The tip was not read.');
		const before = readBody(contentDir, tip);
		leave('bodies', shelf.bodies);
		writeFileSync(join(contentDir, 'tips/ask.mdx'), 'changed since');
		expect(readBody(contentDir, tip)).toEqual(before);
		leave('bodies', []);
		expect(readBody(contentDir, tip)).not.toEqual(before);
		expect(unpack(shelf.bodies, 'another digest')).toBeUndefined();
	});

	test('is of use once, and for the folders it was given only', async () => {
		const contentDir = sampleFolder({ 'tip/ask': {} });
		readAhead({ contentDir, now: sampleNow });
		expect(await shelfAhead({ contentDir, receiptsDir: 'elsewhere' })).toBeUndefined();
		readAhead({ contentDir, now: sampleNow });
		expect(await shelfAhead({ contentDir })).toBeDefined();
		expect(await shelfAhead({ contentDir })).toBeUndefined();
	});

	test('fails whoever asks for it, where the reading fails', async () => {
		const contentDir = sampleFolder({});
		rmSync(join(contentDir, 'settings.yaml'));
		const { problems } = readAhead({ contentDir, now: sampleNow });
		await expect(shelfAhead({ contentDir })).rejects.toThrow('settings.yaml');
		await expect(problems).rejects.toThrow('settings.yaml');
	});
});
