import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import type { AstroPrerenderer } from 'astro';
import { freeMemory } from '#/integrations/free-memory.ts';
import { startThread } from '#/library/thread.ts';
import { noFacts } from './kept-facts.ts';
import type { ReadFacts } from './kept-facts.ts';

/**
 * Reads what pages refer to in a thread, a while after each was rendered: the check at the end of a
 * build then finds most of it done. It changes nothing of what is checked, since what is read is
 * known by the text it was read from.
 * @param origin - the site's own, without a slash at its end
 * @param outDir - the folder that Astro writes the pages into
 */
export function readFactsAhead(origin: string, outDir: URL): FactsAhead {
	let thread: Worker | undefined;
	let isBroken = false;
	const rendered: string[] = [];
	const send = (path: string): void => {
		if (!thread) {
			const module = new URL('./facts-thread.ts', import.meta.url);
			thread = startThread(module, origin, { maxOldGenerationSizeMb: most });
			thread.once('error', () => {
				isBroken = true;
			});
		}
		thread.postMessage(fileURLToPath(new URL(`.${path}index.html`, outDir)));
	};
	return {
		listening: (own) => ({
			...own,
			getStaticPaths() {
				// The code of the pages is bundled, and nothing of that is needed any more.
				freeMemory();
				return own.getStaticPaths();
			},
			async render(request, options) {
				const result = await own.render(request, options);
				if (options.routeData.type === 'page') {
					rendered.push(new URL(request.url).pathname);
					const [path] = rendered.length > unwritten ? rendered.splice(0, 1) : [];
					if (path !== undefined) send(path);
				}
				return result;
			},
		}),
		finish() {
			for (const path of rendered.splice(0)) send(path);
			const reading = thread;
			if (!reading || isBroken) return Promise.resolve(noFacts);
			reading.postMessage('');
			return new Promise((resolve) => {
				reading.once('message', resolve);
				reading.once('error', () => resolve(noFacts));
			});
		},
	};
}

// Astro writes a page after it has rendered it, six at a time. One that is not there yet is left for
// the end, like any other file.
const unwritten = 8;

// Megabytes. Pages leave much behind in memory, which V8 would let lie until it had several hundred.
// A thread that cannot do with it is ended, and all it was to read is read at the end.
const most = 64;

interface FactsAhead {
	/** A renderer of pages that tells the thread of each. */
	listening(own: AstroPrerenderer): AstroPrerenderer;
	/** What was read, once all of it is. Ask when all pages are written. */
	finish(): Promise<ReadFacts>;
}
