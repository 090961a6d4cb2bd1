import { html } from 'hono/html';
import { currentVersion, wordings } from '#/delivery/wording.ts';
import { button, form, nothing, topicBoxes } from './page.ts';
import type { Screen } from './page.ts';
import { paths } from './path.ts';
import type { Ports } from './ports.ts';
import type { Puzzle } from './puzzle.ts';

/** The form to sign up by: new, or as it comes back with what is still to do. */
export function formScreen(
	{ email = '', topics: chosen = [], stamp, fault, auto = 0, puzzle }: FormFacts,
	ports: Ports,
): Screen {
	const { publication } = ports.settings;
	const { topics } = ports.audience;
	const isAuto = fault !== undefined && fault !== 'address' && auto < mostAuto;
	const choices =
		topics.length < 2
			? nothing
			: html`<fieldset>
					<legend>What would you like?</legend>
					${topicBoxes(topics, (id) => chosen.length === 0 || chosen.includes(id))}
				</fieldset>`;
	const isWrong = fault === 'address';
	const inner = html`<label for="email">Your e-mail address</label>
		<input
			id="email"
			type="email"
			name="email"
			value="${email}"
			autocomplete="email"
			required
			maxlength="254"
			aria-describedby="consent${isWrong ? ' fault' : ''}"
			${isWrong ? html` aria-invalid="true"` : nothing}
		/>
		<p hidden aria-hidden="true">
			<label
				>Leave this empty <input type="text" name="website" tabindex="-1" autocomplete="off"
			/></label>
		</p>
		${choices}
		<p id="consent">${wordings[currentVersion].consent}</p>
		${button('Send me the confirm mail')}`;
	return {
		title: `Subscribe to ${publication}`,
		hasScript: isAuto,
		body: html`${fault === undefined ? html`<p class="lead">One letter a week. You confirm by mail first.</p>` : html`<p id="fault" class="${isWrong ? 'wrong' : 'lead'}" role="status">${messages[fault]}</p>`}
			${form(
				paths.subscribe,
				{ stamp, ...(isAuto && { auto: String(auto + 1) }) },
				inner,
				isAuto
					? {
							wait: String(puzzle ? 0 : ports.choices.stampSeconds.least),
							...(puzzle && { puzzle: JSON.stringify(puzzle) }),
						}
					: {},
			)}
			<p class="meta">
				We send one mail to this address and store nothing until you press the button in it.
				<a href="/privacy/">What we keep, and what we don't</a>.
			</p>`,
	};
}

/** How often a browser sends a form by itself: for a form without a stamp, then for the puzzle. */
export const mostAuto = 2;

const messages = {
	once: 'Is the address right? Then press the button once more.',
	address:
		'This does not look like an e-mail address. Please check it; it reads like name@example.com.',
	early: 'That was quick. Please look at the address, then press the button once more.',
	old: 'This form was open for a long time. Please press the button once more.',
	puzzle:
		'Many sign-ups come in at once, so we slow down. Please wait a minute, then press the button once more.',
};

export interface FormFacts {
	/** As typed. */
	email?: string;
	/** Chosen; none for all of them. */
	topics?: readonly string[];
	/** Empty for a new one. */
	stamp: string;
	fault?: keyof typeof messages;
	auto?: number;
	puzzle?: Awaited<ReturnType<Puzzle['create']>>;
}
