/** What somebody gets, and the way back for an hour after leaving. */
import { html } from 'hono/html';
import { chooseTopics, comeBack, leaveAll, standing } from '#/delivery/subscription.ts';
import type { ChoiceOutcome, JoinOutcome } from '#/delivery/subscription.ts';
import { currentVersion } from '#/delivery/wording.ts';
import { readFields } from './body.ts';
import { inScreen } from './confirm.ts';
import { listOf, mintPersonal, openPersonal } from './list.ts';
import { button, form, nothing, pageAnswer, topicBoxes } from './page.ts';
import type { Screen } from './page.ts';
import { paths } from './path.ts';
import type { Ports } from './ports.ts';
import { left, out, unclear, unreachable, unreadable, wrongLink } from './screens.ts';

/** Shows what somebody gets. Changes nothing. */
export async function showPreferences(request: Request, ports: Ports): Promise<Response> {
	const token = new URL(request.url).searchParams.get('t') ?? '';
	const opened = await openPersonal('prefs', token, ports);
	if (!opened) return pageAnswer(wrongLink, ports);
	const now = await standing(opened.personId, listOf(ports));
	if (now.kind !== 'ok') return doubt('GET', now.kind, ports);
	if (!now.value?.isIn) return pageAnswer(left, ports);
	const chosen = now.value.choices;
	return pageAnswer(
		choicesScreen(token, (id) => chosen.get(id) === 'opt_in', undefined, ports),
		ports,
	);
}

/** Saves choices, leaves everything, or comes back; the answer shows what holds after it. */
export async function preferences(request: Request, ports: Ports): Promise<Response> {
	const body = await readFields(request);
	if (body.kind !== 'fields') return pageAnswer(unreadable[body.kind], ports);
	const { values } = body;
	const token = values.get('t')?.[0] ?? '';
	if (values.has('return')) return comingBack(token, ports);
	const opened = await openPersonal('prefs', token, ports);
	if (!opened) return pageAnswer(wrongLink, ports);
	const { personId } = opened;
	const list = listOf(ports);
	const outcome = values.has('leave')
		? await leaveAll(personId, list)
		: await chooseTopics(personId, new Set(values.get('topics')), currentVersion, list);
	return choiceAnswer(outcome, token, personId, ports);
}

async function choiceAnswer(
	outcome: ChoiceOutcome,
	token: string,
	personId: string,
	ports: Ports,
): Promise<Response> {
	switch (outcome.kind) {
		case 'saved': {
			const isChosen = (id: string) => outcome.choices.get(id) === 'opt_in';
			return pageAnswer(choicesScreen(token, isChosen, 'Saved.', ports), ports);
		}
		case 'left':
			return pageAnswer(left, ports);
		case 'out': {
			const { leftAt } = outcome;
			const undo =
				leftAt === undefined
					? undefined
					: await mintPersonal('undo', personId, { l: leftAt }, ports);
			return pageAnswer(out(ports.settings.publication, undo), ports);
		}
		case 'unclear':
			return doubt('POST', outcome.reason, ports);
		default:
			return outcome satisfies never;
	}
}

/** An `undo` token undoes one leaving; a `prefs` token one that came after it was made. */
async function comingBack(token: string, ports: Ports): Promise<Response> {
	const undo = await openPersonal('undo', token, ports);
	const opened = undo ?? (await openPersonal('prefs', token, ports));
	if (!opened) return pageAnswer(wrongLink, ports);
	const isMeant = (leftAt: number) => (undo ? leftAt === undo.leftAt : leftAt >= opened.iat);
	return backAnswer(await comeBack(opened.personId, isMeant, currentVersion, listOf(ports)), ports);
}

async function backAnswer(outcome: JoinOutcome, ports: Ports): Promise<Response> {
	switch (outcome.kind) {
		case 'in':
		case 'already':
			return pageAnswer(await inScreen('You are back', outcome.personId, ports), ports);
		case 'left':
			return pageAnswer(left, ports);
		case 'suppressed':
			return pageAnswer(unreachable(ports.settings.replyTo), ports);
		case 'unclear':
			return doubt('POST', outcome.reason, ports);
		default:
			return outcome satisfies never;
	}
}

function choicesScreen(
	token: string,
	isChosen: (id: string) => boolean,
	note: string | undefined,
	ports: Ports,
): Screen {
	const boxes = topicBoxes(ports.audience.topics, isChosen);
	return {
		title: 'What you get',
		body: html`${note === undefined ? nothing : html`<p class="lead" role="status">${note}</p>`}
			${form(
				paths.preferences,
				{ t: token },
				html`<fieldset>
						<legend>Letters</legend>
						${boxes}
					</fieldset>
					${button('Save')}`,
			)}
			<h2>Leave everything</h2>
			<p>You then get no letter of ours at all.</p>
			${form(paths.preferences, { t: token, leave: '1' }, html`<button class="button quiet">Leave everything</button>`)}`,
	};
}

function doubt(method: string, what: string, ports: Ports): Response {
	ports.log({ event: 'provider', path: paths.preferences, method, what });
	return pageAnswer(unclear, ports);
}
