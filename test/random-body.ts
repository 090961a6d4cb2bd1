/**
 * Bodies made up from a seed: every construct of Markdown and every component, nested and glued
 * together as editors would and would not. Each word is there once, so that a lost one is known.
 */
import { random } from '../scripts/bench/random.ts';

/**
 * Makes a body.
 * @param scope - `model`: what the content model lets an editor write; `any`: all that parsers know
 */
export function randomBody(seed: number, scope: 'model' | 'any'): RandomBody {
	const { next, one } = random(seed);
	const words: string[] = [];
	const notes: string[] = [];
	const definitions: string[] = [];
	const isAny = scope === 'any';

	const chance = (part: number): boolean => next() < part;
	const upTo = (most: number): number => 1 + Math.floor(next() * most);
	const many = <T>(most: number, make: () => T): T[] => Array.from({ length: upTo(most) }, make);

	/** Letters and a number of its own: found again wherever it stands, even glued to another. */
	function word(from = stems): string {
		const made = `${one(from)}${words.length + 10}`;
		words.push(made);
		return made;
	}
	function phrase(most = 6): string {
		return many(most, () => word()).join(' ');
	}

	/** @param open - kinds this stands inside of: nobody puts a link into a link */
	function inline(open: readonly Nestable[]): string {
		const within = (kind: Nestable): string =>
			open.length > 1 ? phrase(3) : line([...open, kind], 2);
		const marked = (mark: string, kind: Nestable): string => mark + within(kind) + mark;
		const target = (href: string): string => `[${within('link')}](${href})`;
		const plain = [
			() => phrase(),
			() => phrase(),
			() => phrase(),
			() => `${word()}${one([', ', '. ', ' — ', '… ', '; ', ': ', '! ', '? '])}${word()}`,
			() => `${word()}${one(odd)}${word()}`,
			() => `${word()}*${word()}*${word()}`,
			() => `\`${word()}${one([' ', ' < ', ' { ', ' * ', '_', ' & ', ' \\ '])}${word()}\``,
			...(chance(0.05) ? [() => `\`\`\`${word()} \`\` ${word()}\`\`\``] : []),
			() => `${word()}${chance(0.5) ? '\\' : '  '}\n${word()}`,
			() => `${word()}\n${word()}`,
			() => `<Term id="${one(['lead', 'hand-off', 'not-known'])}">${phrase(2)}</Term>`,
			() => `${word()}{/* ${one(['aside', 'a * b', '"q"'])} */}${word()}`,
		];
		const emphasis = [() => marked(one(['*', '_']), 'em'), () => `***${phrase(3)}***`];
		const strong = [() => marked(one(['**', '__']), 'strong')];
		const links = [
			() => target('https://example.com/a?b=c&d=e'),
			() => target('<https://example.com/a b> "a title"'),
			() => target(one(['term/lead', 'checklist/meeting', 'tip/nowhere'])),
		];
		const beyond = [() => `![${phrase(4)}](./plan.png${chance(0.5) ? ' "a title"' : ''})`];
		const linksBeyond = [
			() => `${word()}${note()}`,
			() => `https://${word(ascii)}.example/a/b?c=d`,
			() => `www.example.com/${word(ascii)}`,
			() => `${word(ascii)}@example.com`,
			() => target(one(['mailto:a@example.com', '#part', 'javascript:void'])),
			() => {
				const name = `ref-${definitions.length}`;
				definitions.push(`[${name}]: https://example.com/${name}${chance(0.5) ? " 'title'" : ''}`);
				return `[${within('link')}][${name}]`;
			},
		];
		return one([
			...plain,
			...(open.includes('em') ? [] : emphasis),
			...(open.includes('strong') ? [] : strong),
			...(open.includes('link') ? [] : links),
			...(isAny ? beyond : []),
			...(isAny && !open.includes('del')
				? [() => marked('~~', 'del'), () => `~${phrase(2)}~`]
				: []),
			...(isAny && !open.includes('link') ? linksBeyond : []),
		])();
	}

	function line(open: readonly Nestable[] = [], most = 5): string {
		return many(most, () => inline(open)).join(' ');
	}
	/** Without line breaks, for places that end with their line. */
	function flat(): string {
		return line([], 3).replaceAll(/(?: {2}|\\)?\n/g, ' ');
	}
	function prop(most = 5): string {
		return `${phrase(most)}${chance(0.2) ? one([' &amp; ', " it's ", ' &quot;so&quot; ', ' < ', ' { ']) + word() : ''}`;
	}

	function note(): string {
		// A note inside a note would never end.
		if (notes.length > 2) return '';
		notes.push('');
		const number = notes.length;
		notes[number - 1] = `[^${number}]: ${phrase(8)}`;
		return `[^${number}]`;
	}

	function list(depth: number): string {
		const isOrdered = chance(0.4);
		const start = one([1, 1, 3, 0, 9]);
		const bullet = one(['-', '*', '+']);
		const delimiter = isAny && chance(0.3) ? ')' : '.';
		const isLoose = chance(0.3);
		const isTask = isAny && !isOrdered && chance(0.4);
		return many(4, () => '')
			.map((_, index) => {
				const mark = isOrdered ? `${start + index}${delimiter} ` : `${bullet} `;
				const box = isTask ? one(['[ ] ', '[x] ', '[X] ']) : '';
				const parts = [line()];
				if (depth < 2 && chance(0.3)) parts.push(list(depth + 1));
				if (isLoose && chance(0.4)) parts.push(line());
				if (isAny && depth < 2 && chance(0.15)) parts.push(block(depth + 1));
				const held = parts.join(isLoose || (parts.length > 1 && chance(0.3)) ? '\n\n' : '\n');
				return mark + box + shifted(held, ' '.repeat(mark.length));
			})
			.join(isLoose ? '\n\n' : '\n');
	}

	function table(): string {
		const width = upTo(isAny ? 6 : 3);
		const cell = (): string =>
			chance(0.1) ? '' : flat().replaceAll('|', '') + (chance(0.1) ? ` \\| ${word()}` : '');
		const row = (): string => `| ${Array.from({ length: width }, cell).join(' | ')} |`;
		const rule = Array.from({ length: width }, () => one(['---', ':--', '--:', ':-:', '-'])).join(
			' | ',
		);
		return [row(), `| ${rule} |`, ...many(4, row)].join('\n');
	}

	function code(): string {
		const fence = one(['```', '~~~', '````']);
		const rows = many(4, () =>
			chance(0.2)
				? ''
				: `${' '.repeat(one([0, 0, 2, 4]))}${phrase(12)}${one(['', ' {', ' <b>', ' }', ' **', ' &lt;'])}`,
		);
		return [`${fence}${one(['', 'js', 'ts title="x"'])}`, ...rows, fence].join('\n');
	}

	function component(depth: number): string {
		const held = (): string => `\n\n${blocks(depth + 2, 2)}\n\n`;
		const view = (): string =>
			`<View title="${prop(3)}"${chance(0.5) ? ' evidence="opinion"' : ''}>${held()}</View>`;
		return one([
			() =>
				`<Callout kind="${one(['note', 'caution', 'example'])}"${chance(0.5) ? ` title="${prop(4)}"` : ''}>${held()}</Callout>`,
			() => `<Callout kind="note">${phrase()}</Callout>`,
			() =>
				`<Story kind="${one(['reported', 'illustrative'])}" who="${prop()}" result="${prop()}" rule="${prop()}">${held()}</Story>`,
			() =>
				`<Quote by="${chance(0.3) ? 'unknown' : prop(3)}"${chance(0.5) ? ` source="${prop(3)}"` : ''}${chance(0.3) ? ' url="https://example.com/q"' : ''}>${held()}</Quote>`,
			() => `<Pair left="lead" right="hand-off" />`,
			() =>
				`<TwoViews question="${prop()}" verdict="${prop()}">\n\n${view()}\n\n${view()}\n\n</TwoViews>`,
			() =>
				`<Figure src="./plan.png" alt="${prop()}"${chance(0.5) ? ` caption="${prop()}"` : ''} />`,
			() => `<Term id="lead">${phrase(2)}</Term>`,
			() => `{/* ${one(['a comment', 'two\nlines', '<b>'])} */}`,
			() => `<Announcement>${held()}</Announcement>`,
		])();
	}

	function block(depth: number): string {
		const model = [
			() => line(),
			() => line(),
			() => `${one(['###', '####'])} ${flat()}`,
			() => list(depth),
			() => table(),
			...(depth < 2 ? [() => component(depth), () => component(depth)] : []),
		];
		const beyond = [
			() => `${'#'.repeat(upTo(6))} ${flat()}${chance(0.3) ? ' ##' : ''}`,
			() => `${flat()}\n${one(['===', '---'])}`,
			() => one(['***', '- - -', '___']),
			() => code(),
			...(depth < 3 ? [() => shifted(`> ${blocks(depth + 1, 2)}`, chance(0.8) ? '> ' : '>')] : []),
		];
		return one(isAny ? [...model, ...beyond] : model)();
	}

	function blocks(depth: number, most: number): string {
		return many(most, () => block(depth)).join('\n\n');
	}

	const body = blocks(0, 7);
	return { source: `${[body, ...definitions, ...notes].join('\n\n')}\n`, words };
}

/** Puts an indent before all lines but the first. */
function shifted(text: string, indent: string): string {
	return text.replaceAll('\n', `\n${indent}`);
}

const ascii = ['oak', 'Elm', 'ash'];
const stems = ['oak', 'Elm', 'ash', 'Zürich', 'naïve', 'ПРО', '東京', 'pine', 'o', 'WILLOW'];

/** Between two words: what a parser may take for something it is not. */
const odd = [
	' * ',
	' _ ',
	'_',
	' ** ',
	' \\* ',
	'\\_',
	' \\{ ',
	' \\} ',
	' \\< ',
	' &amp; ',
	' &lt; ',
	' &copy; ',
	'&nbsp;',
	' &#123;&#123; ',
	' > ',
	' $5 ',
	' $$ ',
	' :smile: ',
	' ^2^ ',
	' == ',
	' [[ ',
	' [x] ',
	' ! ',
	' ) ',
	' ~ ',
	' "q" ',
	" 'q' ",
	' -- ',
	' --- ',
	' ... ',
	' (c) ',
	' \\# ',
	' + ',
	' | ',
	' \\` ',
	'\u00ad',
	'\u200b',
	'/',
	' 1. ',
	' - ',
	' # ',
	' & ',
	'&',
];

type Nestable = 'em' | 'strong' | 'link' | 'del';

export interface RandomBody {
	/** MDX, without frontmatter. */
	source: string;
	/** Every word a reader must find, each of them once. */
	words: string[];
}
