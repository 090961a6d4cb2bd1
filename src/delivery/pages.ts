import type { Outcome, Page } from './provider.ts';
import { Stop, readValue } from './stop.ts';

/**
 * Every item of a list, page by page, each once. The provider's clock of the first page comes along.
 * @param doing - what is being done, after "could not": `list the broadcasts`
 * @throws Stop where any page fails: half a list must never pass for a whole one
 */
export async function everyPage<T extends { id: string }>(
	page: (after: string | undefined) => Promise<Outcome<Page<T>>>,
	doing: string,
): Promise<{ items: T[]; at: Date | undefined }> {
	const items = new Map<string, T>();
	let at: Date | undefined;
	let after: string | undefined;
	for (;;) {
		const outcome = await page(after);
		const { items: found, hasMore } = readValue(outcome, doing);
		if (outcome.kind === 'ok') at ??= outcome.at;
		const before = items.size;
		for (const item of found) items.set(item.id, item);
		if (!hasMore) return { items: [...items.values()], at };
		if (items.size === before) {
			throw new Stop(
				'list-torn',
				`Could not ${doing}: a page held nothing new although more was promised.`,
				'Run the same command again in a few minutes.',
			);
		}
		after = found.at(-1)?.id;
	}
}
