import type { Comparison } from '#/alignment/comparison.ts';
import type { ItemView } from '#/alignment/item-view.ts';
import { dotsOf, letter } from './dots.ts';
import { node, paragraphs } from './node.ts';
import type { Slide } from './screen.ts';

/** What stands above the questions: the headline, who answered, and what holds for all of it. */
export function summaryOf({ headline, teams, notes, earlier }: Comparison): Node[] {
	return [
		node('p', { class: 'headline' }, headline),
		node('p', {}, teams.join(' ')),
		...paragraphs(earlier?.words ?? []),
		...(notes.length > 0 ? [node('div', { class: 'meta flow' }, ...paragraphs(notes))] : []),
	];
}

/**
 * Draws the questions in the page's order, under a heading for each group, one at each step: a
 * dozen at once take a phone longer than a press may wait.
 * @param into - an empty element that takes them
 * @param picked - ids of those in the plan
 * @param draw - shows the answers to one: as dots, or as a table
 */
export function itemSteps(
	{ items, earlier }: Comparison,
	into: HTMLElement,
	picked: ReadonlySet<string>,
	draw: (item: ItemView) => HTMLElement,
): (() => void)[] {
	const steps: (() => void)[] = [];
	for (const [group, title] of Object.entries(groups)) {
		const members = items.filter((item) => groupOf(item) === group);
		const list = node('ol', { class: 'items', role: 'list' });
		for (const [place, item] of members.entries()) {
			steps.push(() => {
				if (place === 0) into.append(node('h3', {}, title), list);
				list.append(itemOf(item, picked, draw));
			});
		}
	}
	if (earlier && earlier.gone.length > 0) {
		const gone = earlier.gone.map(({ id, rows }) =>
			node('li', {}, `${id}. ${rows.map(({ words }) => words).join(' ')}`),
		);
		steps.push(() => into.append(node('h3', {}, 'Asked last time only'), node('ul', {}, ...gone)));
	}
	return steps;
}

/** The questions as slides: the question first, then what the teams answered. */
export function slidesOf({ items }: Comparison): Slide[] {
	return items.map((item) => ({
		name: item.text,
		front: () => [node('p', { class: 'asked' }, item.text), ...legendOf(item)],
		back: () => [dotsOf(item), findingOf(item)],
		said: [...item.rows.map(({ words }) => words), ...wordsOf(item)].join(' '),
	}));
}

function itemOf(
	item: ItemView,
	picked: ReadonlySet<string>,
	draw: (item: ItemView) => HTMLElement,
): HTMLElement {
	const { play } = item;
	const inPlan = `plan-${item.id}`;
	return node(
		'li',
		{ class: 'item', 'data-group': groupOf(item), 'data-reads': item.reads },
		node('h4', {}, node('span', { class: 'number' }, `${item.number} `), item.text),
		...legendOf(item),
		draw(item),
		findingOf(item),
		node(
			'p',
			{ class: 'next cluster' },
			play &&
				node(
					'span',
					{},
					'What to open: ',
					play.href ? node('a', { href: new URL(play.href).pathname }, play.title) : play.title,
				),
			node(
				'label',
				{ class: 'pick screen-only', for: inPlan },
				node('input', {
					type: 'checkbox',
					id: inPlan,
					'data-pick': item.id,
					checked: picked.has(item.id),
					'aria-label': `Put it in the plan: question ${item.number}`,
				}),
				'Put it in the plan',
			),
		),
	);
}

function findingOf(item: ItemView): HTMLElement {
	const [verdict, ...more] = wordsOf(item);
	return node(
		'div',
		{ class: 'finding' },
		node('p', { class: 'verdict-words' }, verdict),
		...paragraphs(more),
	);
}

/** The verdict, the gap, then the badges and what changed. */
function wordsOf(item: ItemView): string[] {
	const [verdict = '', ...badges] = item.words;
	return item.kind === 'scale'
		? [verdict, item.gap, ...badges, ...item.changes]
		: [verdict, ...badges];
}

/** What A and B are. */
function legendOf(item: ItemView): HTMLElement[] {
	const meanings = item.kind === 'choice' ? item.points : (item.ends ?? []);
	if (meanings.length === 0) return [];
	const agreed = item.kind === 'choice' ? item.agreed : undefined;
	return [
		node(
			'dl',
			{ class: 'ends' },
			...meanings.map((meaning, place) =>
				node(
					'div',
					{},
					node('dt', {}, letter(place)),
					node('dd', {}, meaning, agreed === place + 1 && node('strong', {}, ' Our rule.')),
				),
			),
		),
	];
}

function groupOf(item: ItemView): keyof typeof groups {
	return item.kind === 'scale' ? item.group : 'choice';
}

const groups = {
	clear: 'Clear gaps',
	possible: 'Possible gaps',
	weak: 'Both call this weak',
	split: 'One team is split itself',
	rest: 'The rest',
	choice: 'Choices, least shared first',
} as const;
