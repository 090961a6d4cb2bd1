import { nextScheduled } from '#/sandbox/due.ts';
import { reply, type Reply } from '#/sandbox/reply.ts';
import type { World } from '#/sandbox/world.ts';
import { html, type Markup } from './markup.ts';
import { when } from './when.ts';

export interface Page {
	title: string;
	/** Where the clock buttons come back to, with the query. */
	path: string;
	body: Markup;
	status?: number;
}

/** A page of the inbox in its frame: navigation above, the sandbox clock always in sight. */
export function pageReply({ title, path, body, status = 200 }: Page, world: World): Reply {
	const section = path.split('?')[0] ?? path;
	const markup = html`<!doctype html>
		<html lang="en-GB">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<title>${title} · Sandbox inbox</title>
				<link rel="icon" href="data:," />
				<link rel="stylesheet" href="/inbox/style.css" />
				<script src="/inbox/inbox.js" type="module"></script>
			</head>
			<body>
				<a class="skip" href="#main">Skip to the content</a>
				<header class="top">
					<div class="bar">
						<p class="brand"><a href="/">Sandbox inbox</a></p>
						<nav aria-label="Sandbox">
							<ul>
								${links.map(([href, name]) => navLink(href, name, section))}
							</ul>
						</nav>
					</div>
					${clockBar(path, world)}
				</header>
				<main id="main" tabindex="-1">${body}</main>
				<footer>
					<p>No mail leaves this computer. Everything here is gone when the sandbox stops.</p>
				</footer>
			</body>
		</html> `;
	return reply(status, 'text/html; charset=utf-8', markup.markup, {
		'content-security-policy':
			"default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
		'referrer-policy': 'same-origin',
	});
}

const links: readonly [href: string, name: string][] = [
	['/', 'Inbox'],
	['/inbox/broadcasts', 'Broadcasts'],
	['/inbox/contacts', 'Contacts'],
	['/inbox/requests', 'Requests'],
];

function navLink(href: string, name: string, section: string): Markup {
	const here = href === section || (href === '/' && section.startsWith('/inbox/mails/'));
	return here
		? html`<li>
				<a href="${href}" aria-current="${href === section ? 'page' : 'true'}">${name}</a>
			</li>`
		: html`<li><a href="${href}">${name}</a></li>`;
}

function clockBar(path: string, world: World): Markup {
	const now = world.timeline.now();
	const next = nextScheduled(world);
	return html`<section class="clock" aria-label="Sandbox clock">
		<p class="now">
			<span class="label">Sandbox clock</span>
			<time data-clock="${now}" datetime="${new Date(now).toISOString()}"
				>${when(now, 'second')}</time
			>
		</p>
		<form method="post" action="/inbox/clock">
			<input type="hidden" name="back" value="${path}" />
			${
				next === null
					? html`<p class="quiet">Nothing is scheduled.</p>`
					: html`<button class="primary" name="step" value="next" title="${when(next)}">
							Advance to the next scheduled send
						</button>`
			}
			<button name="step" value="hour">+1 hour</button>
			<button name="step" value="day">+1 day</button>
		</form>
	</section>`;
}
