import type { WireRequest } from '#/sandbox/api.ts';
import { reply, type Reply } from '#/sandbox/reply.ts';
import {
	chooseOnPage,
	leaveByOneClick,
	leaveEverything,
	type Preferences,
	preferences,
} from '#/sandbox/unsubscribe.ts';
import type { World } from '#/sandbox/world.ts';
import { html, type Markup } from './markup.ts';

/** The hosted page behind a reader's unsubscribe link. Looking at it changes nothing. */
export function preferencesPage(token: string, world: World, saved = false): Reply {
	const found = preferences(token, world);
	if (found === null) {
		return page(
			404,
			'Unknown link',
			html`<h1>This link is not known</h1>
				<p>It may belong to an account that was reset.</p>`,
		);
	}
	return page(200, 'Your mails', form(token, found, saved));
}

/** A button of the page, or a mailbox that unsubscribes for its reader (RFC 8058). */
export function pressed(token: string, request: WireRequest, world: World): Reply {
	if (preferences(token, world) === null) return preferencesPage(token, world);
	const fields = formFields(request);
	if (fields.get('List-Unsubscribe') === 'One-Click') {
		leaveByOneClick(token, world);
		return reply(200, 'text/plain; charset=utf-8', 'Unsubscribed.\n');
	}
	if (fields.get('action') === 'leave') leaveEverything(token, world);
	if (fields.get('action') === 'save') {
		const wanted = new Set(fields.getAll('topic'));
		const offered = preferences(token, world)?.topics ?? [];
		chooseOnPage(
			token,
			offered.map(({ topic }) => ({
				id: topic.id,
				subscription: wanted.has(topic.id) ? 'opt_in' : 'opt_out',
			})),
			world,
		);
	}
	return preferencesPage(token, world, true);
}

function form(token: string, { contact, topics }: Preferences, saved: boolean): Markup {
	return html`<h1>Your mails</h1>
		${saved && html`<p class="notice" role="status">Saved.</p>`}
		<p>
			For
			<strong>${contact.email}</strong>${contact.unsubscribed && ', who gets nothing at present'}.
		</p>
		<form method="post" action="/unsubscribe/${token}">
			${
				topics.length > 0 &&
				html`<fieldset>
						<legend>What would you like to get?</legend>
						${topics.map(({ topic, subscription }) => checkbox(topic.id, topic.name, topic.description, subscription === 'opt_in' && !contact.unsubscribed))}
					</fieldset>
					<button class="primary" name="action" value="save">Save</button>`
			}
			${!contact.unsubscribed && html`<button name="action" value="leave">Unsubscribe from everything</button>`}
		</form>
		<p class="quiet">This page stands in for the one Resend hosts.</p>`;
}

function checkbox(id: string, name: string, description: string | null, isIn: boolean): Markup {
	const input = isIn
		? html`<input type="checkbox" name="topic" value="${id}" checked />`
		: html`<input type="checkbox" name="topic" value="${id}" />`;
	return html`<label class="choice"
		>${input}
		<span
			>${name}${description && html`<br /><span class="quiet">${description}</span>`}</span
		></label
	>`;
}

function page(status: number, title: string, body: Markup): Reply {
	const markup = html`<!doctype html>
		<html lang="en-GB">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				<title>${title}</title>
				<link rel="icon" href="data:," />
				<link rel="stylesheet" href="/inbox/style.css" />
			</head>
			<body class="narrow">
				<main>${body}</main>
			</body>
		</html> `;
	return reply(status, 'text/html; charset=utf-8', markup.markup, {
		'content-security-policy':
			"default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
		'referrer-policy': 'no-referrer',
	});
}

/** Mailboxes send one-click as `application/x-www-form-urlencoded` or `multipart/form-data`. */
function formFields(request: WireRequest): URLSearchParams {
	const type = request.headers['content-type'] ?? '';
	if (!type.startsWith('multipart/form-data')) return new URLSearchParams(request.body);
	const fields = new URLSearchParams();
	for (const [, name, value] of request.body.matchAll(
		/name="([^"]+)"\r?\n(?:.*\r?\n)*?\r?\n(.*?)\r?\n--/g,
	)) {
		fields.append(name ?? '', value ?? '');
	}
	return fields;
}
