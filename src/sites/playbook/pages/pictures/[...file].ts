import type { APIRoute, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { library } from '#/library/collection.ts';
import { pictureBytes, pictureKey, servedPictures } from '#/web/picture.ts';

export const getStaticPaths = (async () => {
	const shelf = await library();
	const pictures = await servedPictures(shelf);
	return Promise.all(
		pictures.map(async (picture) => ({
			params: { file: picture.path },
			props: { shelf, picture },
			cacheKey: await pictureKey(shelf, picture),
		})),
	);
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = async ({ props }) => {
	const { bytes, type } = await pictureBytes(props.shelf, props.picture);
	return new Response(bytes, { headers: { 'content-type': type } });
};

type Props = InferGetStaticPropsType<typeof getStaticPaths>;
