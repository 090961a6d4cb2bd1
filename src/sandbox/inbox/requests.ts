import type { JournalEntry } from '#/sandbox/journal.ts';
import type { Reply } from '#/sandbox/reply.ts';
import type { World } from '#/sandbox/world.ts';
import { pageReply } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { timeTag } from './when.ts';

// Bodies of issues are long; older requests are in the control API's journal.
const SHOWN = 100;

/** The latest API requests, newest first, each with the body that came with it. */
export function requestsPage(world: World): Reply {
	const entries = world.journal.toReversed().slice(0, SHOWN);
	const body = html`<div class="head">
			<h1>Requests</h1>
			<p class="quiet">
				The latest ${SHOWN} calls to the API. Keys are never kept.
				<a href="/_sandbox/journal">All as JSON</a>
			</p>
		</div>
		${
			entries.length === 0
				? html`<div class="empty">
						<p><strong>No request yet.</strong></p>
					</div>`
				: html`<ul class="list tight">
						${entries.map(row)}
					</ul>`
		}`;
	return pageReply({ title: 'Requests', path: '/inbox/requests', body }, world);
}

function row(entry: JournalEntry): Markup {
	const tone = entry.status === null || entry.status >= 400 ? 'bad' : 'good';
	const facts = html`<span class="tag ${tone}">${entry.status ?? 'no answer'}</span>
		<code>${entry.method} ${decodeURI(safe(entry.path))}</code>
		${entry.fault && html`<span class="tag bad">fault: ${entry.fault}</span>`}
		${timeTag(Date.parse(entry.time))}`;
	const hasMore = entry.body !== null || entry.idempotencyKey !== null;
	return html`<li class="card request">
		${
			hasMore
				? html`<details>
						<summary>${facts}</summary>
						${entry.idempotencyKey && html`<p class="quiet">Idempotency-Key: <code>${entry.idempotencyKey}</code></p>`}
						<pre
							class="paper"
							tabindex="0"
							role="region"
							aria-label="Body of request ${entry.number}"
						>
${JSON.stringify(entry.body, null, 2)}</pre>
					</details>`
				: html`<div class="line">${facts}</div>`
		}
	</li>`;
}

/** A path whose percent signs can all be decoded, or one that has none left to decode. */
function safe(path: string): string {
	try {
		decodeURI(path);
		return path;
	} catch {
		return path.replaceAll('%', '%25');
	}
}
