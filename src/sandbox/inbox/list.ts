import { content } from '#/sandbox/placeholder.ts';
import type { Reply } from '#/sandbox/reply.ts';
import type { Mail } from '#/sandbox/state.ts';
import type { World } from '#/sandbox/world.ts';
import { pageReply } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { timeTag } from './when.ts';

// A page of this length loads at once; searching narrows it down.
const SHOWN = 100;

/** The delivered mails, newest first, narrowed by words, broadcast and recipient. */
export function listPage(query: URLSearchParams, world: World): Reply {
	const filter = {
		q: query.get('q')?.trim() ?? '',
		broadcast: query.get('broadcast') ?? '',
		to: query.get('to')?.trim() ?? '',
	};
	const found = world.state.mails.toReversed().filter((mail) => matches(mail, filter));
	const total = world.state.mails.length;
	const isFiltered = filter.q !== '' || filter.broadcast !== '' || filter.to !== '';
	const search = query.toString();

	const body = html`<div class="head">
			<h1>Inbox</h1>
			<p class="quiet" role="status">${count(found.length, total, isFiltered)}</p>
		</div>
		${filterForm(filter, isFiltered, world)}
		${
			found.length === 0
				? emptyState(isFiltered)
				: html`<ul class="list">
						${found.slice(0, SHOWN).map((mail) => row(mail, world))}
					</ul>`
		}
		${found.length > SHOWN && html`<p class="quiet">The newest ${SHOWN} are shown. Search to find the others.</p>`}`;
	return pageReply({ title: 'Inbox', path: search === '' ? '/' : `/?${search}`, body }, world);
}

interface Filter {
	q: string;
	broadcast: string;
	to: string;
}

function matches(mail: Mail, { q, broadcast, to }: Filter): boolean {
	if (broadcast === 'none' && mail.email.broadcastId !== null) return false;
	if (broadcast !== '' && broadcast !== 'none' && mail.email.broadcastId !== broadcast)
		return false;
	if (to !== '' && !mail.to.toLowerCase().includes(to.toLowerCase())) return false;
	if (q === '') return true;
	const { subject, text } = content(mail.email);
	const haystack = `${subject}\n${mail.email.from}\n${mail.to}\n${text ?? ''}`.toLowerCase();
	return q
		.toLowerCase()
		.split(/\s+/)
		.every((word) => haystack.includes(word));
}

function count(found: number, total: number, isFiltered: boolean): string {
	const noun = total === 1 ? 'mail' : 'mails';
	return isFiltered ? `${found} of ${total} ${noun}` : `${total} ${noun}`;
}

function filterForm(filter: Filter, isFiltered: boolean, world: World): Markup {
	const used = new Set(world.state.mails.map(({ email }) => email.broadcastId));
	const broadcasts = [...world.state.broadcasts.values()]
		.filter(({ id }) => used.has(id))
		.toReversed();
	const option = (value: string, name: string) =>
		filter.broadcast === value
			? html`<option value="${value}" selected>${name}</option>`
			: html`<option value="${value}">${name}</option>`;

	return html`<form class="filters" method="get" action="/" role="search">
		<p>
			<label for="q">Search</label>
			<input id="q" name="q" type="search" value="${filter.q}" placeholder="Words or address" />
		</p>
		<p>
			<label for="broadcast">Issue or broadcast</label>
			<select id="broadcast" name="broadcast">
				${option('', 'All')} ${broadcasts.map(({ id, name }) => option(id, name))}
				${option('none', 'Single mails')}
			</select>
		</p>
		<p>
			<label for="to">Recipient</label>
			<input
				id="to"
				name="to"
				value="${filter.to}"
				list="recipients"
				autocomplete="off"
				placeholder="Any address"
			/>
			<datalist id="recipients">
				${recipients(world).map((to) => html`<option value="${to}"></option>`)}
			</datalist>
		</p>
		<p class="actions">
			<button class="primary">Show</button> ${isFiltered && html`<a href="/">Clear</a>`}
		</p>
	</form>`;
}

function recipients(world: World): string[] {
	return [...new Set(world.state.mails.map(({ to }) => to))].toSorted().slice(0, 200);
}

function row(mail: Mail, world: World): Markup {
	const { email } = mail;
	const { subject, text } = content(email);
	const broadcast = world.state.broadcasts.get(email.broadcastId ?? '');
	const snippet = broadcast?.preview_text || (text ?? '').replace(/\s+/g, ' ').slice(0, 140);
	return html`<li class="card mail">
		<div class="meta"><span class="to">To ${mail.to}</span> ${timeTag(mail.at)}</div>
		<h2><a href="/inbox/mails/${mail.id}">${subject || '(no subject)'}</a></h2>
		<p class="snippet">${snippet}</p>
		<p class="tags">
			${
				broadcast
					? html`<span class="tag accent">${broadcast.name}</span>`
					: html`<span class="tag">Single mail</span>`
			}${email.events.some(({ type }) => type === 'complained') && html` <span class="tag bad">complained</span>`}
		</p>
	</li>`;
}

function emptyState(isFiltered: boolean): Markup {
	return isFiltered
		? html`<div class="empty">
				<p><strong>Nothing matches.</strong></p>
				<p>Try fewer words, or <a href="/">see every mail</a>.</p>
			</div>`
		: html`<div class="empty">
				<p><strong>No mail yet.</strong></p>
				<p>
					Mails appear here as soon as they are delivered. A scheduled issue arrives when the
					sandbox clock reaches its time.
				</p>
			</div>`;
}
