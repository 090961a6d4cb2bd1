import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBody } from './body.ts';
import { openLibrary } from './entries.ts';
import { leave } from './handover.ts';
import { libraryAhead, readAhead } from './reading-ahead.ts';
import { lean, openContent } from './shelf.ts';
import { sampleFolder, sampleNow } from './sample.ts';

describe('readAhead', () => {
	test.for(['staff', 'public'] as const)('gives %s the library they may know', async (audience) => {
		const contentDir = sampleFolder({ 'tip/ask': {}, 'tip/inside': { audience: 'staff' } });
		const options = { contentDir, now: sampleNow, audience };
		const { told } = readAhead(options);
		const source = await libraryAhead(options);
		if (!source) throw new Error('Nothing was begun.');
		const { library } = await openContent(options);
		expect(openLibrary(source)).toEqual(
			openLibrary({ ...library, entries: library.entries.map(lean) }),
		);
		expect(source.entries.some(({ ref }) => ref === 'tip/inside')).toBe(audience === 'staff');
		const entryCount = source.entries.length;
		expect(await told).toEqual({ entryCount, readCount: 3, fileCount: 3 });
	});

	test('brings the bodies, which are then not read from their files again', async () => {
		const options = {
			contentDir: sampleFolder({ 'tip/ask': {} }),
			now: sampleNow,
			audience: 'staff' as const,
		};
		readAhead(options);
		const source = await libraryAhead(options);
		const tip = source?.entries.find(({ ref }) => ref === 'tip/ask');
		if (!tip) throw new Error('The tip was not read.');
		writeFileSync(join(options.contentDir, 'tips/ask.mdx'), 'changed since');
		const kept = readBody(options.contentDir, tip);
		expect(kept).not.toEqual([]);
		leave('bodies', []);
		expect(readBody(options.contentDir, tip)).not.toEqual(kept);
	});

	test('is of use for the folders and the audience it was given only', async () => {
		const options = {
			contentDir: sampleFolder({ 'tip/ask': {} }),
			now: sampleNow,
			audience: 'public' as const,
		};
		readAhead(options);
		expect(libraryAhead({ ...options, receiptsDir: 'elsewhere' })).toBeUndefined();
		expect(libraryAhead({ ...options, contentDir: 'elsewhere' })).toBeUndefined();
		expect(libraryAhead({ ...options, audience: 'staff' })).toBeUndefined();
		expect(await libraryAhead(options)).toBeDefined();
	});

	test('gives nobody a library of content with an error', async () => {
		const options = {
			contentDir: sampleFolder({ 'tip/ask': { topic: 'lists' } }),
			now: sampleNow,
			audience: 'staff' as const,
		};
		readAhead(options);
		await expect(libraryAhead(options)).rejects.toThrow('topic: "lists" is not a topic');
	});

	test('fails whoever asks for it, where the reading fails', async () => {
		const options = { contentDir: sampleFolder({}), now: sampleNow, audience: 'staff' as const };
		rmSync(join(options.contentDir, 'settings.yaml'));
		const { told } = readAhead(options);
		await expect(libraryAhead(options)).rejects.toThrow('settings.yaml');
		await expect(told).rejects.toThrow('settings.yaml');
	});
});
