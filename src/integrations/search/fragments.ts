import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/**
 * What Pagefind keeps of each page of an index.
 * @throws Error where the index is not of the format this code knows
 */
export function readFragments(indexDir: string): Fragment[] {
	const folder = join(indexDir, 'fragment');
	return readdirSync(folder)
		.filter((name) => name.endsWith(ending))
		.toSorted()
		.map((name) => {
			const text = gunzipSync(readFileSync(join(folder, name))).toString('utf8');
			if (!text.startsWith(signature)) {
				throw new Error(`${name} is not a fragment of Pagefind 1.`);
			}
			const data = fragmentSchema.parse(JSON.parse(text.slice(signature.length)));
			return { ...data, id: name.slice(0, -ending.length) };
		});
}

const ending = '.pf_fragment';
const signature = 'pagefind_dcd';

const fragmentSchema = z.object({
	url: z.string(),
	content: z.string(),
	filters: z.record(z.string(), z.array(z.string())),
	meta: z.record(z.string(), z.string()),
	anchors: z.array(z.object({ element: z.string(), id: z.string(), text: z.string() })),
});

export interface Fragment extends z.output<typeof fragmentSchema> {
	/** By this name Pagefind's answers call the page. */
	id: string;
}
