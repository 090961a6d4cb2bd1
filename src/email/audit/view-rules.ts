/** What a browser shows of a mail, held against the rules of the Email Markup Consortium. */
import { contrast } from '#/contrast.ts';
import { isGeneric } from '#/email/rules/link-words.ts';
import { isEmptyWord, isFileName } from '#/email/rules/pictures.ts';
import type { Found } from './finding.ts';
import type { Snapshot, SnapshotPicture } from './snapshot.ts';

/** Every finding in one view. */
export function judgeView(view: Snapshot): Found[] {
	return [
		...judgeBody(view),
		...judgeHeadings(view),
		...judgeLinks(view),
		...view.pictures.flatMap(judgePicture),
		...judgeTables(view),
		...judgeWords(view),
		...judgeWidth(view),
	];
}

function judgeBody({ bodyChildren, looseWords, titles, ids }: Snapshot): Found[] {
	const twins = ids.filter((id, index) => ids.indexOf(id) !== index);
	const loose =
		looseWords === '' ? [] : [{ where: looseWords.slice(0, 80), lang: null, dir: null }];
	return [...bodyChildren, ...loose]
		.flatMap(({ where, lang, dir }): Found[] => [
			...(/^(?:ltr|rtl|auto)$/.test(dir ?? '')
				? []
				: [
						{
							rule: 'body-dir',
							grade: 'serious' as const,
							where,
							message: 'An element in the body has no dir: webmail drops that of html and body.',
							fix: 'Give it dir="ltr" or dir="rtl".',
						},
					]),
			...((lang ?? '').trim() === ''
				? [
						{
							rule: 'body-lang',
							grade: 'serious' as const,
							where,
							message: 'An element in the body has no lang: webmail drops that of html and body.',
							fix: 'Give it the language of the mail, lang="en".',
						},
					]
				: []),
		])
		.concat(
			titles.length > 1
				? {
						rule: 'one-title',
						grade: 'serious',
						where: titles.join(' / '),
						message: `The mail has ${titles.length} titles.`,
						fix: 'Keep one, equal to the subject.',
					}
				: [],
			twins.map((id) => ({
				rule: 'duplicate-id',
				grade: 'moderate' as const,
				where: `id="${id}"`,
				message: 'Two elements have the same id.',
				fix: 'Take it out, or give each one of its own.',
			})),
		);
}

/** One h1 that people can see: a hidden one passes checkers and helps nobody. */
function judgeHeadings({ headings }: Snapshot): Found[] {
	const shown = headings.filter(({ isShown, text }) => isShown && text !== '');
	if (shown.length === 1 && headings.length === 1) return [];
	const hidden = headings.find(({ isShown }) => !isShown);
	return [
		{
			rule: 'h1',
			grade: 'mild',
			where: (hidden ?? headings[1])?.where ?? 'body',
			message:
				headings.length === 0
					? 'The mail has no h1.'
					: hidden
						? 'An h1 is hidden from those who see.'
						: shown.length === 0
							? 'The h1 says nothing.'
							: `The mail has ${headings.length} h1.`,
			fix: 'Make the headline of the mail its one h1.',
		},
	];
}

function judgeLinks({ links }: Snapshot): Found[] {
	return links.flatMap(({ where, text, label, isUnderlined }): Found[] => [
		...(isGeneric(label ?? text)
			? [
					{
						rule: 'link-text',
						grade: 'moderate' as const,
						where,
						message: `The link text "${label ?? text}" does not say where it goes.`,
						fix: 'Name the page it leads to.',
					},
				]
			: []),
		...(isUnderlined
			? []
			: [
					{
						rule: 'link-underline',
						grade: 'serious' as const,
						where,
						message: 'Only its colour tells this link from other words.',
						fix: 'Underline it.',
					},
				]),
	]);
}

function judgePicture(picture: SnapshotPicture): Found[] {
	const { where, alt, src, isSilent, size, ink, ground, near } = picture;
	const about = (rule: string, grade: Found['grade'], message: string, fix: string): Found => ({
		rule,
		grade,
		where,
		message,
		fix,
	});
	// What is no larger than a spacer shows nothing, so it has nothing to say.
	const isContent = size > 8;
	if (isContent && (alt?.trim() === '' || isSilent)) {
		return [
			about(
				'image-alt-empty',
				'serious',
				'A picture that people see is kept from those who do not.',
				'Say in alt what it tells.',
			),
		];
	}
	if (alt === null || alt.trim() === '') return [];
	const isRepeated = near.some((text) => plain(text) !== '' && plain(text) === plain(alt));
	return [
		...(isFileName(alt, src) || isEmptyWord(alt)
			? [
					about(
						'image-alt-name',
						'serious',
						`The alt "${alt}" says nothing of the picture.`,
						'Say what it tells.',
					),
				]
			: []),
		...(/\p{Cf}|\p{Cc}|\u034f/u.test(alt)
			? [
					about(
						'image-alt-hidden',
						'serious',
						'The alt holds hidden characters.',
						'Type it again by hand.',
					),
				]
			: []),
		...(isRepeated
			? [
					about(
						'image-alt-repeat',
						'moderate',
						'The alt is read right beside the same words.',
						'Say what the words beside it do not.',
					),
				]
			: []),
		...(contrast(hex(ink), hex(ground)) < 4.5
			? [
					about(
						'image-alt-contrast',
						'serious',
						`While the picture is blocked its words are ${hex(ink)} on ${hex(ground)}.`,
						'Give the picture a colour and a background of its own, in both schemes.',
					),
				]
			: []),
	];
}

function judgeTables({ tables }: Snapshot): Found[] {
	return tables.flatMap(({ where, role, hasHeaders, isGridOfWords }): Found[] => {
		const isPresentation = /^(?:presentation|none)$/.test(role ?? '');
		if (isPresentation && (hasHeaders || isGridOfWords)) {
			return [
				{
					rule: 'data-table',
					grade: 'serious',
					where,
					message:
						'A table of data is marked as presentation: a screen reader runs its cells together.',
					fix: 'Take the role off, and give it th with scope.',
				},
			];
		}
		return isPresentation || hasHeaders ? [] : [layoutTable(where)];
	});
}

/** What is said of a table without a role and without headers. */
export function layoutTable(where: string): Found {
	return {
		rule: 'layout-table',
		grade: 'serious',
		where,
		message: 'A table without headers does not say that it is for the layout.',
		fix: 'Give it role="presentation"; or th with scope where it holds data.',
	};
}

function judgeWords({ smallest, spoken }: Snapshot): Found[] {
	const small = smallest.filter(({ size }) => size < smallestPx);
	const silent = spoken.filter(({ isShown, isSilent }) => isShown && isSilent);
	const firstShown = spoken.findIndex(({ isShown }) => isShown);
	// The preheader is the one text that may be hidden: short, and before all others.
	const hidden = spoken.filter(
		({ isShown, length }, index) => !isShown && (index > firstShown || index > 0 || length > 250),
	);
	return [
		...small.map(({ where, size }) => ({
			rule: 'small-text',
			grade: 'moderate' as const,
			where,
			message: `Words are ${size} px high.`,
			fix: `Set them in ${smallestPx} px or more.`,
		})),
		...silent.map(({ where }) => ({
			rule: 'silent-words',
			grade: 'serious' as const,
			where,
			message: 'Words that people see are kept from those who listen.',
			fix: 'Take aria-hidden off.',
		})),
		...hidden.slice(0, 1).map(({ where }) => ({
			rule: 'hidden-words',
			grade: 'moderate' as const,
			where,
			message: 'Words besides the preheader are hidden.',
			fix: 'Show them or take them out.',
		})),
	];
}

function judgeWidth({ scrollWidth, clientWidth }: Snapshot): Found[] {
	if (scrollWidth <= clientWidth) return [];
	return [
		{
			rule: 'sideways-scroll',
			grade: 'serious',
			where: 'body',
			message: `The mail is ${scrollWidth} px wide in a window of ${clientWidth}.`,
			fix: 'Let every block shrink, and long words break.',
		},
	];
}

function plain(text: string): string {
	return text
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** `rgb(1, 2, 3)` as `#010203`. */
function hex(colour: string): string {
	const parts = colour.match(/\d+/g)?.slice(0, 3) ?? [];
	return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}

const smallestPx = 14;
