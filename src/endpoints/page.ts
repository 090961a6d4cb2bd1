/** The pages of the endpoints: the public site's frame around a heading, some words and one form. */
import { html, raw } from 'hono/html';
import { scriptPolicy } from './headers.ts';
import { paths } from './path.ts';
import type { Ports } from './ports.ts';

/** A page as an answer. */
export function pageAnswer(screen: Screen, ports: Ports): Response {
	return new Response(frame(screen, ports), {
		status: screen.status ?? 200,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			...(screen.retrySeconds !== undefined && { 'retry-after': String(screen.retrySeconds) }),
			...(screen.hasScript && { 'content-security-policy': scriptPolicy }),
			...screen.headers,
		},
	});
}

/**
 * A form that posts back. What is hidden in it is a token, never an address.
 * @param data - what the script of the form is told
 */
export function form(
	action: string,
	fields: Record<string, string>,
	inner: Markup,
	data: Record<string, string> = {},
): Markup {
	const hidden = Object.entries(fields).map(
		([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
	);
	const told = Object.entries(data).map(([name, value]) => html` data-${raw(name)}="${value}"`);
	return html`<form action="${action}" method="post" ${told}>${hidden}${inner}</form>`;
}

/** A box for each topic that somebody may choose. */
export function topicBoxes(
	topics: readonly { id: string; name: string }[],
	isChosen: (id: string) => boolean,
): Markup[] {
	return topics.map(
		({ id, name }) =>
			html`<label class="choice"
				><input
					type="checkbox"
					name="topics"
					value="${id}"
					${isChosen(id) ? html` checked` : nothing}
				/>
				${name}</label
			>`,
	);
}

export function button(label: string): Markup {
	return html`<button class="button">${label}</button>`;
}

function frame({ title, body, hasScript }: Screen, ports: Ports): string {
	const { publication, firm, tagline, locale, replyTo, postalAddress } = ports.settings;
	const page = html`<!doctype html>
		<html lang="${locale}">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width" />
				<title>${title} | ${publication}</title>
				<meta name="robots" content="noindex" />
				<meta name="color-scheme" content="light dark" />
				<link rel="icon" href="/favicon.svg" type="image/svg+xml" />
				<link rel="stylesheet" href="${paths.style}" />
				${hasScript ? html`<script src="${paths.script}" defer></script>` : nothing}
			</head>
			<body>
				<a class="skip button visually-hidden" href="#main">Skip to the text</a>
				<header class="masthead">
					<div class="wrapper bar">
						<p class="brand"><a href="/">${publication}</a> <span>${tagline}</span></p>
						<nav aria-label="Main">
							<ul role="list">
								<li><a href="/issues/">All issues</a></li>
								<li><a href="/about/">About</a></li>
								<li><a href="/#subscribe">Subscribe</a></li>
							</ul>
						</nav>
					</div>
				</header>
				<main id="main" class="wrapper" tabindex="-1">
					<div class="text flow">
						<h1>${title}</h1>
						${body}
					</div>
				</main>
				<footer class="colophon">
					<div class="wrapper flow">
						<p>
							${publication} is a letter by ${firm}. Write to
							<a href="mailto:${replyTo}">${replyTo}</a>: a person reads it.
						</p>
						<p><a href="/privacy/">What we keep, and what we don't</a></p>
						<p>${postalAddress}</p>
					</div>
				</footer>
			</body>
		</html> `;
	if (page instanceof Promise) throw new Error('A part of the page is not there yet.');
	return String(page);
}

/** What these pages add to the public site's style: a form has room, a choice a large target. */
export const formStyle = `@layer components {
.text { max-inline-size: 38rem; margin-inline: auto; }
.text form { margin-block-start: var(--space-l); display: grid; gap: var(--space-m); justify-items: start; }
.text fieldset { border: 0; padding: 0; display: grid; gap: var(--space-s); }
.text legend { font-weight: 650; margin-block-end: var(--space-s); padding: 0; }
.text label { font-weight: 650; }
.text .choice { display: flex; gap: var(--space-s); align-items: center; min-block-size: 2.75rem; font-weight: 400; }
.text .choice input { inline-size: 1.5rem; block-size: 1.5rem; flex: none; }
.text input[type='email'] { inline-size: 100%; border: 1px solid var(--color-edge); border-radius: var(--radius); padding: var(--space-s); background: var(--color-sheet); color: var(--color-text); }
.text .button { font-size: var(--text-l); padding: var(--space-s) var(--space-l); min-block-size: 3rem; }
.text .quiet { background: transparent; color: var(--color-accent); box-shadow: inset 0 0 0 1px var(--color-edge); }
.text .wrong { color: var(--color-alarm); font-weight: 650; }
}
`;

/** Markup with everything in it escaped. */
export type Markup = ReturnType<typeof html>;

/** No markup. */
export const nothing: Markup = raw('');

export interface Screen {
	/** 200 where it is absent. */
	status?: number;
	/** The heading, and the name in the tab. */
	title: string;
	body: Markup;
	/** True loads the script of the form. */
	hasScript?: boolean;
	/** When to try again. */
	retrySeconds?: number;
	headers?: Record<string, string>;
}
