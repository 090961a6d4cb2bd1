import { audience } from '#/sandbox/audience.ts';
import { emailsOf } from '#/sandbox/recipients.ts';
import type { Reply } from '#/sandbox/reply.ts';
import type { Broadcast, EmailEvent } from '#/sandbox/state.ts';
import { isSuppressed } from '#/sandbox/suppressions.ts';
import type { World } from '#/sandbox/world.ts';
import { pageReply } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { timeTag } from './when.ts';

/** Every broadcast with its status, time and counts, newest first. */
export function broadcastsPage(world: World): Reply {
	const broadcasts = [...world.state.broadcasts.values()].toReversed();
	const body = html`<div class="head"><h1>Broadcasts</h1></div>
		${
			broadcasts.length === 0
				? html`<div class="empty">
						<p><strong>No broadcast yet.</strong></p>
						<p>Sending an issue creates one.</p>
					</div>`
				: html`<ul class="list">
						${broadcasts.map((broadcast) => card(broadcast, world))}
					</ul>`
		}`;
	return pageReply({ title: 'Broadcasts', path: '/inbox/broadcasts', body }, world);
}

function reach(broadcast: Broadcast, world: World): number {
	return audience(broadcast, world).filter(({ email }) => !isSuppressed(email, world)).length;
}

const tones: Record<Broadcast['status'], string> = {
	draft: '',
	scheduled: 'accent',
	queued: 'accent',
	sent: 'good',
	canceled: 'bad',
	failed: 'bad',
};

function card(broadcast: Broadcast, world: World): Markup {
	const emails = emailsOf(broadcast.id, world);
	const number = (type: EmailEvent) =>
		emails.filter(({ events }) => events.some((event) => event.type === type)).length;
	const waits = broadcast.status === 'draft' || broadcast.status === 'scheduled';
	const sentMs = broadcast.versions.findLast(({ fields }) => fields.status === 'sent')?.at;
	const fact = (name: string, value: Markup | string | number) =>
		html`<div>
			<dt>${name}</dt>
			<dd>${value}</dd>
		</div>`;

	return html`<li class="card">
		<div class="meta"><span class="tag ${tones[broadcast.status]}">${broadcast.status}</span></div>
		<h2>
			${emails.length > 0 ? html`<a href="/?broadcast=${broadcast.id}">${broadcast.name}</a>` : broadcast.name}
		</h2>
		<p class="snippet">${broadcast.subject}</p>
		<dl class="facts wide">
			${broadcast.scheduledMs !== null && fact('Scheduled', timeTag(broadcast.scheduledMs))}
			${sentMs !== undefined && fact('Sent', timeTag(sentMs))}
			${fact('Segment', world.state.segments.get(broadcast.segment_id)?.name ?? 'removed')}
			${fact('Topic', broadcast.topic_id === null ? 'none' : (world.state.topics.get(broadcast.topic_id)?.name ?? 'removed'))}
			${waits && fact('Would reach', reach(broadcast, world))}
		</dl>
		${
			!waits &&
			html`<dl class="counts">
				${(
					['sent', 'delivered', 'bounced', 'complained', 'suppressed', 'unsubscribed'] as const
				).map((type) => fact(type, number(type)))}
			</dl>`
		}
	</li>`;
}
