import type { Loader } from 'astro/loaders';
import { formatProblem } from '#/problem.ts';
import { UserError } from '#/user-error.ts';
import { openShelf, readShelf } from './shelf.ts';
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
				const shelf = await readShelf(options);
				// A promo without a briefing must be seen on the staff home page, so it stops no build.
				const errors = shelf.problems.filter(
					({ level, rule }) => level === 'error' && rule !== 'promo/unbriefed',
				);
				if (errors.length > 0 && !isDev) {
					throw new UserError(
						`The content has ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}:\n${errors.map(formatProblem).join('\n')}`,
						'Correct them, or run "npm run content -- check" for warnings too. Nothing was built.',
					);
				}
				for (const problem of errors) logger.error(formatProblem(problem));
				const { library } = openShelf(shelf, { ...options, isPreview });
				const kept = new Set<string>();
				for (const entry of library.entries) {
					kept.add(entry.ref);
					// What only rules read would make the store, which every page loads, half as large again.
					const body = { ...entry.body, prose: [], named: [] };
					store.set({ id: entry.ref, data: { ...entry, body }, digest: entry.digest });
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
