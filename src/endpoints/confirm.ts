/** The page behind the link of the confirm mail. Opening it does nothing; its button does. */
import { html } from 'hono/html';
import { z } from 'zod';
import { join } from '#/delivery/subscription.ts';
import type { JoinRequest } from '#/delivery/subscription.ts';
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
	if (!(await readRequest(token, ports))) return pageAnswer(wrongLink, ports);
	const { publication } = ports.settings;
	const screen: Screen = {
		title: 'One press, and you are in',
		body: html`<p class="lead">${ports.choices.wording.text}</p>
			${form(paths.confirm, { t: token }, button(`Send me ${publication}`))}`,
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
	return { address: e, topics, wording: w, source: 'form', iat: opened.iat, tokenId: opened.id };
}

const factsSchema = z.strictObject({
	e: z.string(),
	n: z.string(),
	t: z.array(z.string()),
	w: z.string(),
});
