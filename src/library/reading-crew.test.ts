import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from '#/settings.ts';
import { unpack } from './body-pack.ts';
import { parseBody } from './body.ts';
import { bodyOf } from './document.ts';
import { readEntries, readHere } from './reading-crew.ts';
import { checkEach } from './rules/each.ts';
import { sampleFolder } from './sample.ts';
import { walk } from './tree.ts';
import type { BodyNode } from './tree.ts';

function aFolder(count: number): { contentDir: string; jobs: Parameters<typeof readEntries>[1] } {
	const contentDir = mkdtempSync(join(tmpdir(), 'tandem-crew-'));
	onTestFinished(() => rmSync(contentDir, { recursive: true, force: true }));
	mkdirSync(join(contentDir, 'terms'));
	const jobs = Array.from({ length: count }, (_, n) => {
		const file = `terms/word-${n}.mdx`;
		writeFileSync(
			join(contentDir, file),
			`---\ntitle: Word ${n}\nshort: What both teams mean by it, said plainly.\ntopic: language\n---\n\nText **${n}** here, <Term id="word-1">said</Term>.\n`,
		);
		return { file, kind: 'term' as const, digest: `d${n}` };
	});
	return { contentDir, jobs };
}

test('many files are read by several threads as by one, in the same order', async () => {
	const { contentDir, jobs } = aFolder(1500);
	const { readings } = await readEntries({ contentDir, keepsBodies: false }, jobs);
	expect(readings.map(({ file }) => file)).toEqual(jobs.map(({ file }) => file));
	const { parts } = readHere({ contentDir, keepsBodies: false, jobs, taken: noneTaken() });
	expect(readings).toEqual(parts.flatMap((part) => part.readings));
});

test('where they are wanted, every thread hands over the trees of its bodies', async () => {
	const { contentDir, jobs } = aFolder(1500);
	const { bodies } = await readEntries({ contentDir, keepsBodies: true }, jobs);
	for (const { file, digest } of jobs) {
		const source = readFileSync(join(contentDir, file), 'utf8');
		const { nodes } = parseBody(bodyOf(source));
		const kept = unpack(bodies, digest) ?? [];
		expect(kept).toEqual(withoutPlaces(nodes));
		// Two links to one term on a page are told apart by it.
		walk(kept, (node) => {
			expect(node.position !== undefined).toBe(node.type === 'component');
			return undefined;
		});
	}
});

test('a file that vanishes meanwhile fails the reading, in whichever thread it is', async () => {
	const { contentDir, jobs } = aFolder(1500);
	rmSync(join(contentDir, 'terms/word-1400.mdx'));
	const reading = readEntries({ contentDir, keepsBodies: false }, jobs);
	await expect(reading).rejects.toThrow('ENOENT');
});

test('no file is no reading', async () => {
	const nothing = { readings: [], bodies: [], checkers: [] };
	expect(await readEntries({ contentDir: '.', keepsBodies: true }, [])).toEqual(nothing);
});

test('who has read a part checks it as it is checked here, and every entry has one checker at most', async () => {
	const { contentDir, jobs } = aFolder(1500);
	for (const { file } of jobs.filter((_, n) => n % 7 === 0)) {
		const broken = readFileSync(join(contentDir, file), 'utf8').replace(
			'Text',
			'The colour and the XQZ:',
		);
		writeFileSync(join(contentDir, file), broken);
	}
	const { readings, checkers } = await readEntries({ contentDir, keepsBodies: false }, jobs);
	const entries = readings.flatMap(({ entry }) => entry ?? []);
	const terms = entries.filter((entry) => entry.kind === 'term');
	const settings = { ...readSettings(sampleFolder()), spelling: 'en-US' as const };
	const facts = { contentDir, settings, today: '2026-11-24', terms };
	expect(checkers.length).toBe(Math.min(availableParallelism(), 4) - 1);
	const theirs = checkers.flatMap((checker) => checker.entries);
	expect(new Set(theirs).size).toBe(theirs.length);
	for (const entry of theirs) expect(entries).toContain(entry);
	const found = await Promise.all(checkers.map((checker) => checker.check(facts)));
	expect(found.flat()).toEqual(checkEach(theirs, facts));
	expect(checkEach(entries, facts).length).toBeGreaterThan(jobs.length / 7);
});

function noneTaken(): SharedArrayBuffer {
	return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}

function withoutPlaces(nodes: readonly BodyNode[]): unknown[] {
	return nodes.map((node) => {
		const { position, ...rest } = node;
		return {
			...rest,
			...(node.type === 'component' && { position }),
			...(node.type !== 'text' && { children: withoutPlaces(node.children) }),
		};
	});
}
