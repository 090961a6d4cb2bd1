import type { Loader } from 'astro/loaders';
import { formatProblem } from '#/problem.ts';
import { errorsAmong, requireNoErrors } from './problems.ts';
import { libraryAhead } from './reading-ahead.ts';
import type { ContentOptions } from './shelf.ts';

/**
 * Loads a content folder into Astro's store, for one audience. The door stands here: an entry that
 * the audience may not know is never put into the store. Bodies stay in their files.
 * @throws UserError listing every error of the folder; in dev the errors are logged instead, the
 * entries without errors are shown, and staff see drafts
 */
export function contentLoader(options: Omit<ContentOptions, 'isPreview'>): Loader {
	return {
		name: 'tandem-content',
		async load({ store, watcher, logger }) {
			// Only the dev server gives a watcher. `import.meta.env.DEV` is no help: a variable of that
			// name in the environment sets it in a build too, which would then let errors pass.
			const isDev = watcher !== undefined;
			const isPreview = isDev && options.audience === 'staff';
			const load = async (): Promise<void> => {
				// In a build a thread is reading it, for the same audience, and the pages take it from there:
				// Astro need not wait, and an older build's entries are not to stay. An empty store is left
				// alone: Astro writes a file twice after a change, and two builds at once would do it together.
				if (!isDev && libraryAhead(options)) {
					for (const id of store.keys()) store.delete(id);
					return;
				}
				// Vite takes apart what this module imports, in builds that have no use for it too.
				const { lean, openShelf, readShelf } = await import('./shelf.ts');
				const shelf = await readShelf(options);
				if (!isDev) requireNoErrors(shelf.problems);
				else for (const error of errorsAmong(shelf.problems)) logger.error(formatProblem(error));
				const { library } = openShelf(shelf, { ...options, isPreview });
				const kept = new Set<string>();
				for (const entry of library.entries) {
					kept.add(entry.ref);
					store.set({ id: entry.ref, data: { ...lean(entry) }, digest: entry.digest });
				}
				for (const id of store.keys()) if (!kept.has(id)) store.delete(id);
				logger.info(
					`${kept.size} entries for ${options.audience === 'staff' ? 'staff' : 'the public'}, ${shelf.readCount} of ${shelf.entries.length} files read anew`,
				);
			};
			await load();
			if (!watcher) return;
			watcher.add(options.contentDir);
			const reload = (path: string): void => {
				if (!path.startsWith(options.contentDir)) return;
				load().catch((cause: unknown) => logger.error(String(cause)));
			};
			watcher.on('add', reload).on('change', reload).on('unlink', reload);
		},
	};
}
