/** A twin while somebody writes: a build writes all of them at once, beside its pages. */
import type { APIContext, InferGetStaticPropsType } from 'astro';
import { library } from '#/library/collection.ts';
import { entryMarkdown } from '#/web/take-away/entry.ts';
import { twinPages } from '#/web/take-away/twin-pages.ts';

export async function getStaticPaths() {
	return twinPages(await library()).map(({ folder, slug, ...props }) => ({
		params: { folder, slug },
		props,
	}));
}

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export async function GET({ props }: APIContext<Props>): Promise<Response> {
	return new Response(await entryMarkdown(props.library, props.entry), {
		headers: { 'Content-Type': 'text/markdown; charset=utf-8' },
	});
}
