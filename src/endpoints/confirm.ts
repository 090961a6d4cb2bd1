/** The page behind the link of the confirm mail. Opening it does nothing; its button does. */
import { html } from 'hono/html';
import { z } from 'zod';
import { join } from '#/delivery/subscription.ts';
import type { JoinRequest } from '#/delivery/subscription.ts';
import { currentVersion, filled, wordingOf, wordings } from '#/delivery/wording.ts';
import { wordingFacts } from '#/email/confirm.ts';
import { readFields } from './body.ts';
import { listOf, mintPersonal } from './list.ts';
import { button, form, pageAnswer } from './page.ts';
import type { Screen } from './page.ts';
import { paths } from './path.ts';
import type { Ports } from './ports.ts';
import { left, unclear, unreachable, unreadable, wrongLink } from './screens.ts';
import { sendWelcome } from './welcome.ts';

/** One button and nothing else to press: a second one would be pressed instead. */
export async function showConfirm(request: Request, ports: Ports): Promise<Response> {
	const token = new URL(request.url).searchParams.get('t') ?? '';
	const asked = await readRequest(token, ports);
	if (!asked) return pageAnswer(wrongLink, ports);
	// The words of the version that is kept with the consent, although newer ones may be there.
	const { consent, page } = wordingOf(asked.wording) ?? wordings[currentVersion];
	const screen: Screen = {
		title: page.title,
		body: html`<p class="lead">${consent}</p>
			${form(paths.confirm, { t: token }, button(filled(page.button, wordingFacts(ports.settings))))}`,
	};
	return pageAnswer(screen, ports);
}

/** Lets a person in. Pressing twice does no harm, and an old link brings nobody back. */
export async function confirm(request: Request, ports: Ports): Promise<Response> {
	const body = await readFields(request);
	if (body.kind !== 'fields') return pageAnswer(unreadable[body.kind], ports);
	const asked = await readRequest(body.values.get('t')?.[0] ?? '', ports);
	if (!asked) return pageAnswer(wrongLink, ports);
	const outcome = await join(asked, listOf(ports));
	switch (outcome.kind) {
		case 'in':
			await sendWelcome(asked, outcome.personId, ports);
			return pageAnswer(await inScreen('You are in', outcome.personId, ports), ports);
		case 'already':
			return pageAnswer(await inScreen('You are already in', outcome.personId, ports), ports);
		case 'left':
			return pageAnswer(left, ports);
		case 'suppressed':
			return pageAnswer(unreachable(ports.settings.replyTo), ports);
		case 'unclear':
			ports.log({ event: 'provider', path: paths.confirm, method: 'POST', what: outcome.reason });
			return pageAnswer(unclear, ports);
		default:
			return outcome satisfies never;
	}
}

/** For somebody who is in: the only page that leads to their choices. */
export async function inScreen(title: string, personId: string, ports: Ports): Promise<Screen> {
	const { publication, from, sendWeekday } = ports.settings;
	const token = await mintPersonal('prefs', personId, {}, ports);
	const weekday = sendWeekday.charAt(0).toUpperCase() + sendWeekday.slice(1);
	return {
		title,
		body: html`<p class="lead">${publication} comes every ${weekday}.</p>
			<p>
				Add ${from.address} to your contacts, so that the letter does not land in the spam folder.
			</p>
			<p>
				<a href="${paths.preferences}?t=${token}">Change what you get, or leave</a> (this link works
				for an hour; each letter has one too). <a href="/issues/">Read the earlier issues</a>.
			</p>`,
	};
}

async function readRequest(token: string, ports: Ports): Promise<JoinRequest | undefined> {
	const opened = await ports.tokens.open('confirm', token, ports.now());
	const facts = factsSchema.safeParse(opened?.facts);
	if (!opened || !facts.success) return undefined;
	const { e, n, t, w } = facts.data;
	const known = ports.audience.topics.map(({ id }) => id);
	const topics = t.filter((id) => known.includes(id));
	if (n !== ports.settings.delivery.site || topics.length === 0) return undefined;
	// A version that this program does not know cannot be shown, so it is not what is agreed to.
	const wording = wordingOf(w) ? w : currentVersion;
	return { address: e, topics, wording, source: 'form', iat: opened.iat, tokenId: opened.id };
}

const factsSchema = z.strictObject({
	e: z.string(),
	n: z.string(),
	t: z.array(z.string()),
	w: z.string(),
});
