/**
 * Pictures of entries. They lie beside their files; a site serves only those of entries that it
 * holds, at an address without a hash, no wider than needed and without what a camera wrote into them.
 */
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type Sharp from 'sharp';
import type { Library } from '#/library/entries.ts';
import type { Entry } from '#/library/entry.ts';
import { digestOf } from '#/library/digest.ts';
import type { Picture } from './body/surroundings.ts';

/** The pictures a body shows, by the address written in it. Those that are not there are left out. */
export async function picturesOf(library: Library, entry: Entry): Promise<Record<string, Picture>> {
	const pictures: Record<string, Picture> = {};
	for (const file of filesOf(entry)) {
		const picture = await pictureAt(library, file);
		if (picture) pictures[`./${posix.relative(posix.dirname(entry.file), file)}`] = picture;
	}
	return pictures;
}

/** The files a site serves below `/pictures/`: each picture of its entries, and a narrow copy of the wide ones. */
export async function servedPictures(library: Library): Promise<ServedPicture[]> {
	const served: ServedPicture[] = [];
	for (const file of new Set(library.entries.flatMap(filesOf))) {
		const picture = await pictureAt(library, file);
		if (!picture) continue;
		served.push({ path: file, file, width: picture.width });
		if (picture.narrow) served.push({ path: `${narrowWidth}/${file}`, file, width: narrowWidth });
	}
	return served;
}

/** The key a served picture is kept under between builds: writing it anew takes long. */
export async function pictureKey(
	library: Library,
	{ file, width }: ServedPicture,
): Promise<string> {
	return `${digestOf(await readFile(join(library.contentDir, file)))} ${width}`;
}

/** The bytes of a picture in a width, turned upright, its metadata taken out. */
export async function pictureBytes(
	library: Library,
	{ file, width }: ServedPicture,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string }> {
	const sharp = await openSharp();
	const image = sharp(await readFile(join(library.contentDir, file)))
		.autoOrient()
		.resize({ width, withoutEnlargement: true });
	const isPng = /\.png$/i.test(file);
	const encoded = isPng
		? image.png({ compressionLevel: 9 })
		: image.jpeg({ quality: 82, mozjpeg: true });
	return {
		bytes: new Uint8Array(await encoded.toBuffer()),
		type: isPng ? 'image/png' : 'image/jpeg',
	};
}

async function pictureAt(library: Library, file: string): Promise<Picture | undefined> {
	let bytes: Buffer;
	try {
		bytes = await readFile(join(library.contentDir, file));
	} catch {
		return undefined;
	}
	const sharp = await openSharp();
	const { autoOrient: natural } = await sharp(bytes).metadata();
	const width = Math.min(natural.width, widest);
	return {
		src: `/pictures/${file}`,
		narrow:
			width > narrowWidth
				? { src: `/pictures/${narrowWidth}/${file}`, width: narrowWidth }
				: undefined,
		width,
		height: Math.round((natural.height * width) / natural.width),
	};
}

/** Comes with the first picture, since to load it takes each thread 40 ms. */
async function openSharp(): Promise<typeof Sharp> {
	return (await import('sharp')).default;
}

function filesOf(entry: Entry): string[] {
	const files = [...entry.body.pictures];
	if (entry.kind === 'person' && entry.data.photo) {
		files.push(posix.join(posix.dirname(entry.file), entry.data.photo.src));
	}
	return files;
}

// Twice the width of a mail's column.
const widest = 1136;
const narrowWidth = 568;

export interface ServedPicture {
	/** Path below `/pictures/`. */
	path: string;
	/** Path below the content folder. */
	file: string;
	/** Pixels. */
	width: number;
}
