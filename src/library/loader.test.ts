import { describe, expect, test } from 'vitest';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '#/user-error.ts';
import type { Audience } from './entries.ts';
import { contentLoader } from './loader.ts';
import { libraryAhead, readAhead } from './reading-ahead.ts';
import { sampleFolder, sampleNow } from './sample.ts';
import type { SampleFiles } from './sample.ts';

type LoaderContext = Parameters<ReturnType<typeof contentLoader>['load']>[0];

const files: SampleFiles = {
	'tip/ask': {},
	'tip/inside': { audience: 'staff' },
	'tip/raw': { status: 'draft' },
	'promo/winter': {},
	'issue/001-ask-first': { sendOn: '2026-11-24' },
	'issue/002-next': { number: 2, tip: 'tip/next', subject: 'The next one', sendOn: '2026-12-01' },
	'tip/next': {},
};

describe('contentLoader', () => {
	test('puts into the store what the audience may know, and nothing else', async () => {
		expect([...(await load(sampleFolder(files), 'public')).keys()].toSorted()).toEqual([
			'issue/001-ask-first',
			'person/ada',
			'tip/ask',
		]);
		expect((await load(sampleFolder(files), 'staff')).size).toBe(7);
	});

	test('takes out of an older store what the audience may no longer know', async () => {
		const folder = sampleFolder(files);
		const store = await load(folder, 'staff');
		rmSync(join(folder, 'tips/inside.mdx'));
		await load(folder, 'staff', store);
		expect(store.has('tip/inside')).toBe(false);
		await load(folder, 'public', store);
		expect([...store.keys()].toSorted()).toEqual(['issue/001-ask-first', 'person/ada', 'tip/ask']);
	});

	test('stops a build at every error of the folder, and says nothing was built', async () => {
		const folder = sampleFolder({ ...files, 'tip/ask': { topic: 'lists', body: '> Quoted.' } });
		const failure = await load(folder, 'public').catch((error: unknown) => error);
		if (!(failure instanceof UserError)) throw failure;
		expect(`${failure.message}\n${failure.hint}`).toMatchInlineSnapshot(`
			"The content has 2 errors:
			tips/ask.mdx:9:1 topic: "lists" is not a topic. Use one of language, handoff, metrics, feedback, planning, customer, message, launch, people, tension.
			tips/ask.mdx:17:1 body: A block quote stands in a body. Use <Quote by="…"> so that readers see who said it.
			Correct them, or run "npm run content -- check" for warnings too. Nothing was built."
		`);
	});

	test('is not stopped by a warning or by a promo that nobody was briefed on', async () => {
		const promo = { starts: '2026-11-24', briefed: undefined };
		const folder = sampleFolder({
			...files,
			'promo/winter': promo,
			'tip/raw': { status: 'draft', topic: 'x' },
		});
		expect([...(await load(folder, 'staff')).keys()]).toContain('promo/winter');
		expect([...(await load(folder, 'public')).keys()]).toContain('tip/ask');
	});

	test('leaves the store empty where a thread reads for the same audience', async () => {
		const folder = sampleFolder(files);
		const store = await load(folder, 'staff');
		readAhead({ contentDir: folder, audience: 'staff', now: sampleNow });
		expect((await load(folder, 'public')).size).toBe(3);
		await load(folder, 'staff', store);
		expect(store.size).toBe(0);
		await libraryAhead({ contentDir: folder, audience: 'staff' });
	});

	test('in dev never shows the public a draft', async () => {
		const store = await load(sampleFolder(files), 'public', new Map(), []);
		expect([...store.keys()].toSorted()).toEqual(['issue/001-ask-first', 'person/ada', 'tip/ask']);
	});

	test('in dev shows what holds and logs what does not', async () => {
		const logged: string[] = [];
		const folder = sampleFolder({ ...files, 'tip/inside': { topic: 'lists' } });
		const store = await load(folder, 'staff', new Map(), logged);
		expect(store.has('tip/ask')).toBe(true);
		expect(store.has('tip/inside')).toBe(false);
		expect(store.has('tip/raw'), 'a draft').toBe(true);
		expect(logged.join('\n')).toContain('tips/inside.mdx:9:1 topic: "lists" is not a topic.');
	});
});

/** Loads a folder into a store as Astro would; with `errors` given, as its dev server would. */
async function load(
	contentDir: string,
	audience: Audience,
	store = new Map<string, unknown>(),
	errors?: string[],
): Promise<Map<string, unknown>> {
	const loader = contentLoader({ contentDir, audience, now: sampleNow });
	const watcher = { add: () => watcher, on: () => watcher };
	const context = {
		...(errors && { watcher }),
		store: {
			set: ({ id, data }: { id: string; data: unknown }) => store.set(id, data),
			delete: (id: string) => store.delete(id),
			// Astro's own, used on a store that is empty, has two builds write one file at once.
			clear: () => expect.unreachable('the store is never cleared, only what is in it taken out'),
			keys: () => [...store.keys()],
		},
		logger: { info: () => undefined, error: (line: string) => errors?.push(line) },
	};
	// Of what Astro hands to a loader, ours uses the store, the logger and the watcher alone.
	await loader.load(context as unknown as LoaderContext);
	return store;
}
