import { expect, test } from 'vitest';
import { found } from '#/library/sample.ts';

const png = '\u0089PNG\r\n\u001a\n';

test('reports a picture that is not there, where it is named', async () => {
	const good = {
		'term/lead': { body: 'Look.\n\n<Figure src="./a.png" alt="Two people at one table" />' },
		'terms/a.png': png,
	};
	const bad = {
		'term/lead': { body: 'Look.\n\n<Figure src="./a.png" alt="Two people at one table" />' },
		'person/ada': { photo: { src: './ada.jpg', alt: 'Ada at her desk' } },
	};
	expect(await found('picture/missing', good)).toEqual([]);
	expect(await found('picture/missing', bad)).toMatchInlineSnapshot(`
		[
		  "error people/ada.yaml:6:3 photo.src: the picture people/ada.jpg is not there. Put it beside the file, or correct its name; capitals count.",
		  "error terms/lead.mdx:13:1 body: the picture terms/a.png is not there. Put it beside the file, or correct its name; capitals count.",
		]
	`);
});

test('reports a picture that is not what its ending says', async () => {
	const good = {
		'term/lead': { body: 'Look.\n\n<Figure src="./a.png" alt="Two people at one table" />' },
		'terms/a.png': png,
	};
	const bad = {
		'term/lead': { body: 'Look.\n\n<Figure src="./a.png" alt="Two people at one table" />' },
		'terms/a.png': 'GIF89a',
		'person/ada': { photo: { src: './ada.jpg', alt: 'Ada at her desk' } },
		'people/ada.jpg': png,
	};
	expect(await found('picture/type', good)).toEqual([]);
	expect(await found('picture/type', bad)).toMatchInlineSnapshot(`
		[
		  "error people/ada.yaml:6:3 photo.src: people/ada.jpg is a PNG. Save it anew as the type its ending names.",
		  "error terms/lead.mdx:13:1 body: terms/a.png is neither PNG nor JPEG. Save it anew as the type its ending names.",
		]
	`);
});

test('reports a picture over 10 MB', async () => {
	const good = {
		'term/lead': { body: 'Look.\n\n<Figure src="./a.png" alt="Two people at one table" />' },
		'terms/a.png': png,
	};
	const bad = {
		'term/lead': { body: 'Look.\n\n<Figure src="./a.png" alt="Two people at one table" />' },
		'terms/a.png': png + 'x'.repeat(10_000_000),
	};
	expect(await found('picture/size', good)).toEqual([]);
	expect(await found('picture/size', bad)).toMatchInlineSnapshot(`
		[
		  "error terms/lead.mdx:13:1 body: terms/a.png has 10.0 MB, at most 10. Save a smaller one.",
		]
	`);
});
