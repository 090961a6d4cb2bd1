import type { APIContext, InferGetStaticPropsType } from 'astro';
import { library } from '#/library/collection.ts';
import { pictureBytes, pictureKey } from '#/web/picture.ts';
import { mailPictures } from '#/web/public/mail-pictures.ts';

export async function getStaticPaths() {
	const shelf = await library();
	return Promise.all(
		mailPictures(shelf).map(async (picture) => ({
			params: { path: picture.path },
			props: { shelf, picture },
			cacheKey: await pictureKey(shelf, picture),
		})),
	);
}

export async function GET({ props }: APIContext<Props>): Promise<Response> {
	const { bytes, type } = await pictureBytes(props.shelf, props.picture);
	return new Response(bytes, { headers: { 'Content-Type': type } });
}

type Props = InferGetStaticPropsType<typeof getStaticPaths>;
