import { subscriptionOf } from '#/sandbox/contact-topics.ts';
import type { Reply } from '#/sandbox/reply.ts';
import type { Contact } from '#/sandbox/state.ts';
import { isSuppressed } from '#/sandbox/suppressions.ts';
import type { World } from '#/sandbox/world.ts';
import { pageReply } from './layout.ts';
import { html, type Markup } from './markup.ts';

/** Every contact with what decides whether a broadcast reaches it. */
export function contactsPage(world: World): Reply {
	const contacts = [...world.state.contacts.values()].toReversed();
	const body = html`<div class="head">
			<h1>Contacts</h1>
			<p class="quiet">${contacts.length} ${contacts.length === 1 ? 'contact' : 'contacts'}</p>
		</div>
		${
			contacts.length === 0
				? html`<div class="empty">
						<p><strong>No contact yet.</strong></p>
						<p>People appear here once they confirm.</p>
					</div>`
				: html`<ul class="list tight">
						${contacts.slice(0, 500).map((contact) => card(contact, world))}
					</ul>`
		}`;
	return pageReply({ title: 'Contacts', path: '/inbox/contacts', body }, world);
}

function card(contact: Contact, world: World): Markup {
	const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ');
	const segments = [...world.state.segments.values()].filter(({ id }) => contact.segments.has(id));
	const properties = Object.entries(contact.properties);
	const isOut = contact.unsubscribed;

	return html`<li class="card person">
		<div>
			<h2>${contact.email}</h2>
			<p class="snippet">${name || 'No name'}</p>
		</div>
		<ul class="tags">
			${isOut && html`<li class="tag bad">unsubscribed</li>`}
			${isSuppressed(contact.email, world) && html`<li class="tag bad">suppressed</li>`}
			${segments.length === 0 && html`<li class="tag">no segment</li>`}
			${segments.map((segment) => html`<li class="tag">segment: ${segment.name}</li>`)}
			${[...world.state.topics.values()].map((topic) =>
				subscriptionOf(contact, topic) === 'opt_in'
					? html`<li class="tag good">in: ${topic.name}</li>`
					: html`<li class="tag">out: ${topic.name}</li>`,
			)}
		</ul>
		${
			properties.length > 0 &&
			html`<dl class="facts">
				${properties.map(
					([key, value]) =>
						html`<div>
							<dt>${key}</dt>
							<dd>${value}</dd>
						</div>`,
				)}
			</dl>`
		}
	</li>`;
}
