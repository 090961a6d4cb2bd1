/** What the content model allows in a body, checked on its tree. Each finding has a place and a fix. */
import type { Report } from './body.ts';
import { textOf } from './tree.ts';
import type { BodyComponent, BodyElement, BodyNode, BodyText, Place } from './tree.ts';
import { componentFacts } from './vocabulary.ts';
import { countWords } from './words.ts';

/** Reports everything in a body's tree that an editor may not write. */
export function checkBody(nodes: readonly BodyNode[], report: Report): void {
	checkNodes(nodes, [], report);
}

function checkNodes(
	nodes: readonly BodyNode[],
	parents: readonly BodyNode[],
	report: Report,
): void {
	for (const node of nodes) {
		if (node.type === 'text') {
			checkText(node, parents, report);
			continue;
		}
		if (node.type === 'element') checkElement(node, report);
		else checkComponent(node, parents, report);
		// What the parser makes of a footnote is its own: the footnote is reported once.
		if (node.type === 'element' && /^(?:sup|section)$/.test(node.tagName)) continue;
		checkNodes(node.children, [...parents, node], report);
	}
}

/** Beside a code span with backticks in it, Sätteri reads a comment as words. */
function checkText(text: BodyText, parents: readonly BodyNode[], report: Report): void {
	if (!text.value.includes('{/*')) return;
	if (parents.some((parent) => parent.type === 'element' && parent.tagName === 'code')) return;
	report(
		text.position ?? start,
		'comment',
		'A comment stands where readers would see it.',
		'Move it to a line of its own.',
	);
}

function checkElement(element: BodyElement, report: Report): void {
	const at = element.position ?? start;
	const refusal = refused[element.tagName];
	if (refusal) {
		report(at, refusal.rule, refusal.message, refusal.fix);
	} else if (!allowed.has(element.tagName)) {
		report(
			at,
			'construct',
			`A ${element.tagName} element is not part of the content model.`,
			'Use paragraphs, lists, links, level 3-4 headings, tables or a component.',
		);
	}
	if (element.tagName === 'a') checkLink(element, at, report);
	// Every row of a table has as many cells as its head.
	if (element.tagName === 'thead') {
		const row = element.children.find((child) => child.type === 'element');
		const cells = row?.children.filter((cell) => cell.type === 'element').length ?? 0;
		if (cells > 3) {
			report(
				at,
				'table-width',
				`The table has ${cells} columns, at most 3.`,
				'Take a column out, or write a list.',
			);
		}
	}
}

function checkLink(element: BodyElement, at: Place, report: Report): void {
	const href = String(element.properties['href'] ?? '');
	const text = textOf(element.children).trim();
	if (/^(?:(?:click |read |learn )?(?:here|more)|link|this link|this page)$/i.test(text)) {
		report(
			at,
			'link-text',
			`"${text}" does not say where the link goes.`,
			'Name the page it leads to.',
		);
	}
	if (text === '' && !element.children.some((child) => child.type === 'component')) {
		report(at, 'link-text', `The link to ${href} has no text.`, 'Name the page it leads to.');
	}
	if (isReferenceHref(href) || /^https:\/\/[^\s/]+\.[^\s/]+/.test(href)) return;
	report(
		at,
		'link-target',
		`"${href}" is not a target for a link.`,
		'Use an https:// address, or kind/slug such as tip/no-surprise-promos.',
	);
}

/** True for the target of a link to an entry: `kind/slug`. */
export function isReferenceHref(href: string): boolean {
	return /^(?:tip|checklist|questions|term|issue)\/[a-z0-9]+(?:-[a-z0-9]+)*$/.test(href);
}

function checkComponent(
	component: BodyComponent,
	parents: readonly BodyNode[],
	report: Report,
): void {
	const at = component.position ?? start;
	checkProps(component, at, report);
	const { name } = component;
	const facts = componentFacts(name);
	const holder = parents.findLast((parent) => parent.type === 'component');
	if (holder?.type === 'component' && !componentFacts(holder.name).holds.includes(name)) {
		report(
			at,
			'nesting',
			`<${name}> stands inside <${holder.name}>.`,
			`Move it out; ${holdsText(holder.name)}.`,
		);
	}
	if (name === 'View' && holder?.name !== 'TwoViews') {
		report(at, 'nesting', '<View> stands alone.', 'Put exactly two <View> into a <TwoViews>.');
	}
	if (facts.level === 'block' && parents.some((p) => p.type === 'element')) {
		report(
			at,
			'nesting',
			`<${name}> stands inside a paragraph or a list.`,
			'Put it on lines of its own with a blank line around it.',
		);
	}
	const hasChildren = component.children.some(
		(child) => child.type !== 'text' || child.value.trim(),
	);
	if (facts.isEmpty && hasChildren) {
		report(at, 'children', `<${name}> has a text inside.`, `Close it at once: <${name} … />.`);
	}
	if (!facts.isEmpty && !hasChildren) {
		report(at, 'children', `<${name}> is empty.`, 'Write its text between the two tags.');
	}
	checkSpecial(component, at, report);
}

function checkSpecial(component: BodyComponent, at: Place, report: Report): void {
	const { name, props, children } = component;
	if (name === 'TwoViews') {
		const views = children.filter((child) => child.type === 'component' && child.name === 'View');
		const others = children.some(
			(child) =>
				(child.type === 'element' || (child.type === 'text' && child.value.trim() !== '')) &&
				!views.includes(child),
		);
		if (views.length !== 2 || others) {
			report(
				at,
				'two-views',
				`<TwoViews> holds ${views.length} <View>${others ? ' and other text' : ''}.`,
				'Give it exactly two <View> and nothing else.',
			);
		}
	}
	if (name === 'View') {
		const words = countWords(textOf(children));
		if (words > 60) {
			report(at, 'view-words', `The view has ${words} words, at most 60.`, `Cut ${words - 60}.`);
		}
	}
	if (name === 'Story' && props['name'] && props['consent'] !== 'yes') {
		report(
			at,
			'consent',
			`The story names ${props['name']} without consent.`,
			'Ask, then add consent="yes"; or take the name out and describe the firm.',
		);
	}
	if (name === 'Figure' && props['src'] && !/^\.\/[\w.-]+\.(?:png|jpe?g)$/.test(props['src'])) {
		report(
			at,
			'figure-src',
			`"${props['src']}" is not a picture beside this file.`,
			'Put a PNG or JPEG beside the file and write src="./its-name.png".',
		);
	}
	if (name === 'Figure' && props['alt']?.trim() && props['src']?.includes(props['alt'].trim())) {
		report(
			at,
			'figure-alt',
			'The alt text repeats the file name.',
			'Say what the picture shows, for someone who does not see it.',
		);
	}
	if (name === 'Quote' && props['url'] && !props['url'].startsWith('https://')) {
		report(
			at,
			'link-target',
			`"${props['url']}" is no https address.`,
			'Give an https:// address.',
		);
	}
	if (name === 'Term' && children.some((child) => child.type !== 'text')) {
		report(
			at,
			'children',
			'<Term> holds more than plain words.',
			'Write the word alone inside it.',
		);
	}
}

function checkProps(component: BodyComponent, at: Place, report: Report): void {
	const { name, props } = component;
	const facts = componentFacts(name);
	for (const [prop, value] of Object.entries(props)) {
		// A property of every object, such as `constructor`, is none of the component's.
		const known = Object.hasOwn(facts.props, prop) ? facts.props[prop] : undefined;
		if (!known) {
			const names = Object.keys(facts.props);
			report(
				at,
				'property',
				`${prop} is not a property of <${name}>.`,
				names.length > 0 ? `It has ${names.join(', ')}.` : 'It has none.',
			);
			continue;
		}
		if (known.values && !known.values.includes(value)) {
			report(
				at,
				'property',
				`${prop}="${value}" of <${name}> is not known.`,
				`Use ${known.values.map((v) => `"${v}"`).join(' or ')}.`,
			);
		}
		if (known.max && value.length > known.max) {
			report(
				at,
				'property',
				`${prop} of <${name}> has ${value.length} characters, at most ${known.max}.`,
				`Cut ${value.length - known.max}.`,
			);
		}
	}
	for (const [prop, known] of Object.entries(facts.props)) {
		if (!known.required || props[prop]?.trim()) continue;
		if (prop === 'alt') {
			report(
				at,
				'figure-alt',
				'The picture has no alt text.',
				'Add alt="what it shows, for someone who does not see it".',
			);
		} else {
			report(at, 'property', `<${name}> has no ${prop}.`, `Add ${prop}="…".`);
		}
	}
}

function holdsText(name: BodyComponent['name']): string {
	const { holds } = componentFacts(name);
	return holds.length > 0
		? `<${name}> may hold ${holds.join(', ')}`
		: `<${name}> may hold Markdown only`;
}

const start: Place = { line: 1, column: 1 };

const allowed = new Set(
	'p em strong a ul ol li h3 h4 table thead tbody tr th td code br'.split(' '),
);

const headingFix = 'Begin at ###; the page and the mail print the levels above.';
const refused: Record<string, { rule: string; message: string; fix: string }> = {
	h1: { rule: 'heading', message: 'A level 1 heading stands in a body.', fix: headingFix },
	h2: { rule: 'heading', message: 'A level 2 heading stands in a body.', fix: headingFix },
	h5: { rule: 'heading', message: 'A level 5 heading is too deep.', fix: 'Use ### or ####.' },
	h6: { rule: 'heading', message: 'A level 6 heading is too deep.', fix: 'Use ### or ####.' },
	blockquote: {
		rule: 'blockquote',
		message: 'A block quote stands in a body.',
		fix: 'Use <Quote by="…"> so that readers see who said it.',
	},
	img: {
		rule: 'image',
		message: 'A Markdown image stands in a body.',
		fix: 'Use <Figure src="./…" alt="…" />.',
	},
	sup: {
		rule: 'footnote',
		message: 'A footnote stands in a body.',
		fix: 'Use sources, or say it in the text.',
	},
	section: {
		rule: 'footnote',
		message: 'A footnote stands in a body.',
		fix: 'Use sources, or say it in the text.',
	},
	pre: {
		rule: 'code-block',
		message: 'A code block stands in a body.',
		fix: 'Use a `code span` or a list.',
	},
	hr: {
		rule: 'rule-line',
		message: 'A horizontal rule stands in a body.',
		fix: 'Use a ### heading.',
	},
	del: { rule: 'deleted', message: 'Struck-out text stands in a body.', fix: 'Take it out.' },
	input: {
		rule: 'task',
		message: 'A task list stands in a body.',
		fix: 'Write a checklist, or a plain list.',
	},
};
