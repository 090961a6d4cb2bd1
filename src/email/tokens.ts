/**
 * How a letter looks. Every element carries its style inline, because many mail clients drop the
 * style sheet; the classes only say which colour role a dark mode may swap.
 */
import type { Colour, Colours } from './colours.ts';

const serif = "font-family:Georgia,'Times New Roman',serif";
const sans =
	"font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const mono = 'font-family:Menlo,Consolas,monospace';
const body = `${sans};font-size:16px;line-height:26px`;
const small = `${sans};font-size:14px;line-height:22px`;
const kicker = `${sans};font-size:14px;line-height:22px;font-weight:700;letter-spacing:0.4px`;

const styles = {
	body: { background: 'paper', css: 'margin:0;padding:0' },
	outer: { background: 'paper', extra: 'outer', css: 'margin:0;padding:28px 12px 40px' },
	article: {
		css: 'max-width:600px;margin:0 auto;text-align:left;overflow-wrap:break-word;word-break:break-word',
	},
	hidden: { css: 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all' },

	masthead: { extra: 'masthead', css: 'padding:0 32px 20px' },
	publication: {
		color: 'ink',
		css: `margin:0;${serif};font-size:22px;line-height:30px;font-weight:700`,
	},
	tagline: { color: 'soft', css: `margin:2px 0 0;${small}` },
	card: { background: 'card', extra: 'card', css: 'padding:36px 32px 20px;border-radius:10px' },
	label: { color: 'accent', css: `margin:0 0 8px;${kicker}` },
	h1: {
		color: 'ink',
		extra: 'title',
		css: `margin:0 0 12px;${serif};font-size:36px;line-height:44px;font-weight:700;letter-spacing:-0.4px`,
	},
	words: { color: 'soft', css: `margin:0 0 4px;${small}` },
	byline: { color: 'soft', css: `margin:0 0 28px;${small}` },
	section: { line: 'line', css: 'margin:28px 0 0;padding:32px 0 0;border-top:1px solid' },
	gap: { css: 'margin:32px 0 0' },
	note: { css: 'margin:24px 0 0' },

	action: {
		background: 'action',
		extra: 'cell',
		css: 'margin:28px 0 0;padding:24px 28px 10px;border-radius:8px',
	},
	actionHeading: { color: 'onAction', css: `margin:0 0 6px;${kicker}` },
	actionText: {
		color: 'onAction',
		css: `margin:0 0 14px;${serif};font-size:22px;line-height:32px;font-weight:700`,
	},
	actionLine: { color: 'onAction', css: `margin:0 0 14px;${body}` },
	actionLink: { color: 'onAction', css: 'text-decoration:underline' },

	kicker: { color: 'accent', css: `margin:0 0 6px;${kicker}` },
	h2: {
		color: 'ink',
		css: `margin:28px 0 10px;${serif};font-size:24px;line-height:32px;font-weight:700`,
	},
	partHeading: {
		color: 'ink',
		css: `margin:0 0 12px;${serif};font-size:22px;line-height:30px;font-weight:700`,
	},
	storyHeading: {
		color: 'ink',
		css: `margin:0 0 16px;${serif};font-size:28px;line-height:36px;font-weight:700`,
	},
	h3: {
		color: 'ink',
		css: `margin:26px 0 10px;${serif};font-size:22px;line-height:30px;font-weight:700`,
	},
	h4: {
		color: 'ink',
		css: `margin:24px 0 8px;${serif};font-size:19px;line-height:28px;font-weight:700`,
	},
	h5: { color: 'ink', css: `margin:20px 0 8px;${body};font-weight:700` },
	h6: { color: 'ink', css: `margin:20px 0 8px;${body};font-weight:700` },

	lead: { color: 'ink', css: `margin:0 0 16px;${sans};font-size:18px;line-height:29px` },
	p: { color: 'ink', css: `margin:0 0 16px;${body}` },
	tight: { color: 'ink', css: `margin:0 0 4px;${body}` },
	pull: {
		color: 'accent',
		css: `margin:0 0 22px;${serif};font-size:23px;line-height:33px;font-style:italic`,
	},
	question: {
		color: 'ink',
		css: `margin:0 0 16px;${serif};font-size:20px;line-height:30px;font-style:italic`,
	},
	meta: { color: 'soft', css: `margin:0 0 16px;${small}` },
	cellLabel: { color: 'accent', css: `margin:0 0 8px;${kicker}` },
	cell: {
		background: 'tint',
		line: 'accent',
		extra: 'cell',
		css: 'margin:24px 0;padding:20px 24px 6px;border-left:4px solid',
	},
	half: {
		extra: 'half',
		css: 'display:inline-block;width:100%;max-width:268px;vertical-align:top',
	},
	termCell: {
		line: 'accent',
		css: 'margin:0 0 8px;padding:14px 0 0;border-top:3px solid',
	},
	halfRoom: { extra: 'room', css: 'padding:0 20px 0 0' },
	halves: { css: 'margin:24px 0 0;font-size:16px' },
	term: {
		color: 'ink',
		css: `margin:0 0 8px;${serif};font-size:20px;line-height:28px;font-weight:700`,
	},

	a: { color: 'accent', css: 'text-decoration:underline' },
	softLink: { color: 'soft', css: 'text-decoration:underline' },
	em: { css: 'font-style:italic' },
	strong: { css: 'font-weight:700' },
	del: { css: 'text-decoration:line-through' },
	sup: { css: 'font-size:14px;line-height:14px;vertical-align:super' },
	code: { color: 'ink', background: 'tint', css: `padding:1px 4px;${mono};font-size:15px` },
	pre: {
		color: 'ink',
		background: 'tint',
		css: `margin:0 0 16px;padding:16px 20px;${mono};font-size:14px;line-height:22px;white-space:pre-wrap;word-break:break-word`,
	},
	sources: { color: 'soft', css: `margin:0 0 8px;padding:0 0 0 20px;${small}` },
	source: { color: 'soft', css: `margin:0 0 6px;${small}` },
	noteHeading: { color: 'soft', css: `margin:0 0 6px;${kicker}` },
	list: { color: 'ink', css: `margin:0 0 16px;padding:0 0 0 24px;${body}` },
	tasks: { color: 'ink', css: `margin:0 0 16px;padding:0;list-style:none;${body}` },
	li: { color: 'ink', css: `margin:0 0 8px;${body}` },
	blockquote: {
		color: 'ink',
		line: 'accent',
		css: 'margin:0 0 16px;padding:0 0 0 20px;border-left:3px solid',
	},
	quote: {
		color: 'ink',
		line: 'accent',
		css: 'margin:24px 0 8px;padding:0 0 0 20px;border-left:4px solid',
	},
	quoteLine: {
		color: 'ink',
		css: `margin:0 0 10px;${serif};font-size:19px;line-height:30px;font-style:italic`,
	},
	hr: { line: 'line', css: 'margin:28px 0;border:0;border-top:1px solid' },
	table: {
		color: 'ink',
		css: `width:100%;margin:8px 0 24px;border-collapse:collapse;${sans};font-size:15px;line-height:23px`,
	},
	th: {
		color: 'ink',
		line: 'line',
		css: 'padding:8px 12px 8px 0;font-weight:700;vertical-align:bottom;border-bottom:2px solid',
	},
	rowHead: {
		color: 'ink',
		line: 'line',
		css: 'padding:9px 12px 9px 0;font-weight:400;vertical-align:top;border-bottom:1px solid',
	},
	td: {
		color: 'ink',
		line: 'line',
		css: 'padding:9px 12px 9px 0;vertical-align:top;border-bottom:1px solid',
	},
	img: {
		color: 'ink',
		background: 'tint',
		css: `display:block;width:100%;max-width:568px;height:auto;border:0;${sans};font-size:16px;line-height:24px`,
	},
	figure: { css: 'margin:24px 0 8px' },

	signoff: {
		color: 'ink',
		css: `margin:0 0 14px;${serif};font-size:20px;line-height:30px;font-style:italic`,
	},
	author: { color: 'ink', css: `margin:0;${body};font-weight:700` },
	role: { color: 'soft', css: `margin:0 0 24px;${small}` },
	logo: { css: 'margin:0 0 12px' },
	footer: { extra: 'masthead', css: 'padding:24px 32px 0' },
	footerLine: { color: 'soft', css: `margin:0 0 12px;${small}` },
} as const satisfies Record<string, Style>;

/**
 * The class and style attributes of an element, with a leading blank. Colours are named by their
 * role, `{ink}`: `paint` puts the firm's own there once the letter is whole.
 * @param more - declarations for this one element, such as `text-align:right`
 */
export function look(name: StyleName, more = ''): string {
	const style: Style = styles[name];
	const { color, background, line, extra } = style;
	const classes = [
		extra,
		color && `c-${color}`,
		background && `b-${background}`,
		line && `l-${line}`,
	];
	const declarations = [
		color && `color:{${color}}`,
		background && `background-color:{${background}}`,
		line ? `${style.css} {${line}}` : style.css,
		more,
	];
	return attribute('class', classes, ' ') + attribute('style', declarations, ';');
}

/** The style sheet: dark mode and narrow screens, nothing that reading depends on. */
export function styleSheet(colours: Colours): string {
	const dark = Object.entries(colours).map(
		([role, { dark: value }]) =>
			`.c-${role}{color:${value}!important}` +
			`.b-${role}{background-color:${value}!important}` +
			`.l-${role}{border-color:${value}!important}`,
	);
	return [
		':root{color-scheme:light dark;supported-color-schemes:light dark}',
		`@media (prefers-color-scheme:dark){\n${dark.join('\n')}\n}`,
		'@media (max-width:600px){',
		'.outer{padding:20px 0 32px!important}',
		'.masthead{padding-left:20px!important;padding-right:20px!important}',
		'.card{padding:28px 20px 12px!important;border-radius:0!important}',
		'.title{font-size:30px!important;line-height:38px!important}',
		'.cell{padding-left:18px!important;padding-right:18px!important}',
		'.half{max-width:100%!important}',
		'.room{padding-right:0!important}',
		'}',
	].join('\n');
}

function attribute(name: string, values: readonly (string | undefined)[], between: string): string {
	const given = values.filter((value) => value);
	return given.length > 0 ? ` ${name}="${given.join(between)}"` : '';
}

export type StyleName = keyof typeof styles;

interface Style {
	color?: Colour;
	background?: Colour;
	/** The colour of its border. `css` then ends with that border, its colour left out. */
	line?: Colour;
	/** A class the narrow-screen rules speak of. */
	extra?: string;
	css: string;
}
