import { source } from '#/sandbox/mime.ts';
import { content } from '#/sandbox/placeholder.ts';
import { reply, type Reply } from '#/sandbox/reply.ts';
import type { Mail } from '#/sandbox/state.ts';
import type { World } from '#/sandbox/world.ts';
import { localLinks } from './links.ts';
import { pageReply } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { timeTag } from './when.ts';

/** One mail as a reader sees it, as text, or as it crosses the wire. */
export function mailPage(mail: Mail, view: string, world: World): Reply {
	const { email } = mail;
	const { subject } = content(email);
	const broadcast = world.state.broadcasts.get(email.broadcastId ?? '');
	const base = `/inbox/mails/${mail.id}`;
	const tab = (href: string, name: string, own: string) =>
		own === view
			? html`<li><a href="${href}" aria-current="page">${name}</a></li>`
			: html`<li><a href="${href}">${name}</a></li>`;

	const body = html`<p class="back"><a href="/">All mails</a></p>
		<article class="reading">
			<h1>${subject || '(no subject)'}</h1>
			<dl class="facts">
				<div>
					<dt>From</dt>
					<dd>${email.from}</dd>
				</div>
				<div>
					<dt>To</dt>
					<dd>${mail.to}</dd>
				</div>
				${
					email.reply_to &&
					html`<div>
						<dt>Reply to</dt>
						<dd>${email.reply_to.join(', ')}</dd>
					</div>`
				}
				<div>
					<dt>Delivered</dt>
					<dd>${timeTag(mail.at)}</dd>
				</div>
				${
					broadcast &&
					html`<div>
						<dt>Broadcast</dt>
						<dd><a href="/?broadcast=${broadcast.id}">${broadcast.name}</a></dd>
					</div>`
				}
			</dl>
			<nav class="tabs" aria-label="Views of this mail">
				<ul>
					${tab(base, 'HTML', 'html')} ${tab(`${base}/text`, 'Text', 'text')}
					${tab(`${base}/source`, 'Source', 'source')}
				</ul>
			</nav>
			${views(mail, view, base)}
		</article>`;
	const path = view === 'html' ? base : `${base}/${view}`;
	return pageReply({ title: subject || 'Mail', path, body }, world);
}

/**
 * The HTML part for the frame: no script, no form, nothing fetched from outside this computer. Links
 * open in a new tab, those of the sites on their local address.
 */
export function mailBody(mail: Mail, world: World): Reply {
	const markup = content(mail.email).html ?? '';
	const local = Object.values(world.hosts).join(' ');
	return reply(200, 'text/html; charset=utf-8', localLinks(markup, world.hosts), {
		'content-security-policy': `sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: http://127.0.0.1:* http://localhost:* ${local}; frame-ancestors 'self'; base-uri 'none'; form-action 'none'`,
		'referrer-policy': 'no-referrer',
	});
}

function views(mail: Mail, view: string, base: string): Markup {
	const { html: markup, text } = content(mail.email);
	if (view === 'text') {
		return text
			? html`<pre class="paper" tabindex="0" role="region" aria-label="Text part">${text}</pre>`
			: html`<div class="empty"><p>This mail has no text part.</p></div>`;
	}
	if (view === 'source') {
		return html`<p class="quiet">
				<a href="/_sandbox/mails/${mail.id}.eml" download>Download as .eml</a>
			</p>
			<pre class="paper" tabindex="0" role="region" aria-label="Source of the message">
${source(mail)}</pre>`;
	}
	return markup === null
		? html`<div class="empty"><p>This mail has no HTML part.</p></div>`
		: html`<iframe
				title="HTML part of the mail"
				src="${base}/body"
				sandbox="allow-popups allow-popups-to-escape-sandbox"
			></iframe>`;
}
