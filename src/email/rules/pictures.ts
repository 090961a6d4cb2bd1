/** Pictures: found in two years, shown by classic Outlook, and not missed where they are blocked. */
import { elements, readableText } from './element.ts';
import type { MailElement } from './element.ts';
import type { Mail } from './mail.ts';
import { excerpt, found } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const pictureRules: readonly Rule[] = [
	{
		id: 'mail/22-pictures',
		number: 22,
		severity: 'B',
		title: 'A stable https address, PNG or JPEG, a known size, and a width that shrinks.',
		fix: 'Put a PNG or JPEG of at most 1136 px and 200 kB beside the file that names it.',
		check: checkPictures,
	},
	{
		id: 'mail/23-alt',
		number: 23,
		severity: 'B',
		title: 'Every picture has words of its own, under 150 characters.',
		fix: 'Say in alt what the picture tells.',
		check: checkAlt,
	},
	{
		id: 'mail/24-pictures-off',
		number: 24,
		severity: 'B',
		title: 'At least four of five blocks are text.',
		fix: 'Say it in words; a reader may see no picture at all.',
		check: checkWithoutPictures,
	},
];

function checkPictures({ body, facts }: Mail): Finding[] {
	return elements(body, 'img').flatMap((image) => {
		const { attributes } = image;
		const src = attributes.get('src') ?? '';
		const known = facts.picture(src);
		const style = new Map(image.style.map(({ name, value }) => [name, value]));
		const width = Number(attributes.get('width'));
		return [
			...found(
				!/^https:\/\/[^/]+\.[^/]+\//.test(src),
				`The picture "${src}" has no https address.`,
			),
			...found(isHashed(src), `The address ${src} holds a build's hash: it will be gone one day.`),
			...found(!/\.(?:png|jpe?g)$/i.test(src), `The picture ${src} is neither PNG nor JPEG.`),
			...['width', 'height'].flatMap((side) =>
				found(
					!/^[1-9]\d*$/.test(attributes.get(side) ?? ''),
					`The picture ${src} has no ${side} in whole px.`,
				),
			),
			...found(
				width > columnWidth,
				`The picture ${src} is ${width} px wide, at most ${columnWidth}.`,
			),
			...found(
				pictureStyle.some(([name, value]) => style.get(name) !== value),
				`The picture ${src} lacks ${pictureStyle.map((pair) => pair.join(':')).join(';')}.`,
			),
			...found(
				(known?.width ?? 0) > 1136,
				`The file of ${src} is ${known?.width} px wide, at most 1136.`,
			),
			...found(
				(known?.bytes ?? 0) > 200_000,
				`The file of ${src} is ${Math.ceil((known?.bytes ?? 0) / 1000)} kB, at most 200.`,
			),
		];
	});
}

function checkAlt({ body }: Mail): Finding[] {
	return elements(body, 'img').flatMap(({ attributes }) => {
		const src = attributes.get('src') ?? '';
		const alt = attributes.get('alt')?.trim();
		return [
			...found(alt === undefined, `The picture ${src} has no alt.`),
			...found(alt === '', `The picture ${src} has an empty alt; a tip has no decoration.`),
			...found((alt?.length ?? 0) > 150, `The alt "${excerpt(alt ?? '')}" is over 150 characters.`),
			...found(isFileName(alt ?? '', src), `The alt "${alt}" is the name of the file.`),
			...found(isEmptyWord(alt ?? ''), `The alt "${alt}" says nothing.`),
			...found(
				/\p{Cf}|\u034f/u.test(alt ?? ''),
				`The alt "${excerpt(alt ?? '')}" holds hidden characters.`,
			),
		];
	});
}

function checkWithoutPictures({ body }: Mail): Finding[] {
	const blocks = elements(
		body,
		'p',
		'li',
		'h1',
		'h2',
		'h3',
		'h4',
		'h5',
		'h6',
		'tr',
		'pre',
		'div',
	).filter((block) => elements(block, 'p', 'li', 'tr', 'pre', 'div', 'table').length === 0);
	const pictured = blocks.filter((block) => elements(block, 'img').length > 0 && isWordless(block));
	const written = blocks.filter((block) => !isWordless(block));
	const total = pictured.length + written.length;
	return found(
		written.length < total * 0.8,
		`Of ${total} blocks ${pictured.length} are pictures without text.`,
	);
}

/** True for an alt that only repeats the name of the file. */
export function isFileName(alt: string, src: string): boolean {
	const name = decodeURIComponent(src.split(/[?#]/)[0]?.split('/').at(-1) ?? '');
	const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
	const stem = plain(name.replace(/\.\w+$/, ''));
	if (/\.(?:png|jpe?g|gif|webp|svg)$/i.test(alt)) return true;
	return plain(alt) !== '' && (plain(alt) === plain(name) || plain(alt) === stem);
}

/** True for an alt that would do for any picture. */
export function isEmptyWord(alt: string): boolean {
	return /^(?:an? |the )?(?:image|picture|photo|graphic|logo|icon|banner|header|chart|screenshot|alt|alt text|spacer)\d*\.?$/i.test(
		alt.trim(),
	);
}

/** `/_astro/plan.png`, `plan.DqcXz3_h.png`, `plan-4be1c09d77.png`. */
function isHashed(src: string): boolean {
	return (
		/\/_astro\/|[?&]v=/.test(src) ||
		/\.(?=[\w-]*[\dA-Z])[\w-]{8}\.\w+$/.test(src) ||
		/[.-](?=[\da-f]*[a-f])(?=[\da-f]*\d)[\da-f]{10,64}\.\w+$/.test(src)
	);
}

function isWordless(block: MailElement): boolean {
	const images = elements(block, 'img').map(({ attributes }) => attributes.get('alt') ?? '');
	return readableText(block) === images.join(' ').replace(/\s+/g, ' ').trim();
}

/** Inner width of the letter, in px. */
const columnWidth = 568;
const pictureStyle: readonly [string, string][] = [
	['display', 'block'],
	['width', '100%'],
	['max-width', `${columnWidth}px`],
	['height', 'auto'],
];
