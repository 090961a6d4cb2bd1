/** What a mail may not hold: what mail programs block, and what a fault of ours would leave. */
import { elements } from './element.ts';
import type { Mail } from './mail.ts';
import { excerpt, found } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const markupRules: readonly Rule[] = [
	{
		id: 'mail/04-blocked',
		number: 4,
		severity: 'B',
		title:
			'No script, form, frame, outside style sheet, svg, video, web font, data picture or AMP.',
		fix: 'Take it out: mail programs block it, and some then hide the whole mail.',
		check: checkBlocked,
	},
	{
		id: 'mail/05-leftover',
		number: 5,
		severity: 'B',
		title: 'No trace of the build or of a value that was not there.',
		fix: 'This is a fault of the program, unless an editor wrote the word: then write it otherwise.',
		check: checkLeftovers,
	},
];

function checkBlocked({ message, page, outlook, css }: Mail): Finding[] {
	const all = [...elements(page), ...elements(outlook)];
	const tags = all.filter(({ tag }) => blocked.has(tag)).map(({ tag }) => `<${tag}>`);
	const named = all.flatMap(({ attributes }) =>
		[...attributes].flatMap(([name, value]) => {
			if (/^on[a-z]/.test(name)) return [`${name}=`];
			if (/^(?:src|href|background|style)$/.test(name) && /(?:^|url\(['"]?)\s*data:/i.test(value)) {
				return ['data:'];
			}
			if (name === 'href' && /^\s*(?:java|vb)script:/i.test(value)) return ['javascript:'];
			return name === 'http-equiv' && /refresh/i.test(value) ? ['a refresh'] : [];
		}),
	);
	const isAmp = /<html\b[^>]*(?:\bamp4?(?:email)?\b|⚡)/iu.test(message.html);
	const fromSheet = [
		...(/@font-face/i.test(css) ? ['@font-face'] : []),
		...(/url\(/i.test(css) ? ['url()'] : []),
	];
	const what = new Set([...tags, ...named, ...fromSheet, ...(isAmp ? ['AMP'] : [])]);
	return [...what].flatMap((thing) => found(true, `The HTML holds ${thing}.`));
}

function checkLeftovers({ message, page }: Mail): Finding[] {
	const parts = { HTML: message.html, text: message.text };
	const words = Object.entries(parts).flatMap(([part, text]) =>
		leftovers.flatMap((pattern) => {
			const match = pattern.exec(text);
			if (!match) return [];
			const near = text.slice(Math.max(0, match.index - 20), match.index + 25);
			return found(true, `The ${part} part holds "${match[0]}", near "${excerpt(near)}".`);
		}),
	);
	const addresses = elements(page)
		.flatMap(({ attributes }) => [attributes.get('href') ?? '', attributes.get('src') ?? ''])
		.filter((address) => /^\s*file:|\/\/(?:127\.|0\.0\.0\.0|\[::1\])/i.test(address));
	return [
		...words,
		...addresses.flatMap((address) =>
			found(true, `"${excerpt(address)}" leads into this machine.`),
		),
	];
}

const blocked: ReadonlySet<string> = new Set([
	'applet',
	'audio',
	'base',
	'button',
	'canvas',
	'embed',
	'form',
	'frame',
	'frameset',
	'iframe',
	'input',
	'link',
	'math',
	'object',
	'picture',
	'script',
	'select',
	'source',
	'svg',
	'textarea',
	'track',
	'video',
]);

const leftovers = [/data-astro/i, /\/@fs\//, /\blocalhost\b/i, /\bundefined\b/, /\[object \w+\]/];
