import type { APIRoute, GetStaticPaths, InferGetStaticPropsType } from 'astro';
import { library } from '#/library/collection.ts';
import { pictureBytes, servedPictures } from '#/web/picture.ts';

export const getStaticPaths = (async () => {
	const shelf = await library();
	const pictures = await servedPictures(shelf);
	return pictures.map((picture) => ({ params: { file: picture.path }, props: { shelf, picture } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = async ({ props }) => {
	const { bytes, type } = await pictureBytes(props.shelf, props.picture);
	return new Response(bytes, { headers: { 'content-type': type } });
};

type Props = InferGetStaticPropsType<typeof getStaticPaths>;
