/** The pages that more than one endpoint shows: what cannot be done, and why. */
import { html } from 'hono/html';
import { spanOf } from '#/delivery/span.ts';
import { button, form } from './page.ts';
import type { Screen } from './page.ts';
import { paths } from './path.ts';
import type { Ports } from './ports.ts';

/** For a forged link, one that ended, and one for something else alike: it tells none of them apart. */
export const wrongLink: Screen = {
	status: 400,
	title: 'This link does not work',
	body: html`<p class="lead">It may have ended, or a part of it was lost on the way.</p>
		<p>
			If you wanted to join, <a href="${paths.subscribe}">ask for a new mail</a>. If you wanted to
			leave, use the link at the end of any letter.
		</p>`,
};

/** For a provider that did not answer, or whose answer does not show what was asked for. */
export const unclear: Screen = {
	status: 503,
	title: 'We cannot tell whether that worked',
	body: html`<p class="lead">
			Our mail provider did not answer in time. Nothing is lost: please do the same again in a
			minute.
		</p>
		<p>Doing it twice does no harm.</p>`,
	retrySeconds: 60,
};

export const foreignForm: Screen = {
	status: 403,
	title: 'That form is not ours',
	body: html`<p class="lead">It was sent from another site, so we did nothing.</p>
		<p><a href="${paths.subscribe}">Here is our own form</a>.</p>`,
};

export const unreadable = {
	size: {
		status: 413,
		title: 'That is too much',
		body: html`<p class="lead">What was sent is far larger than our form. We did nothing.</p>`,
	},
	type: {
		status: 415,
		title: 'That is not a form',
		body: html`<p class="lead">What was sent is of a kind that we do not read. We did nothing.</p>`,
	},
	broken: {
		status: 400,
		title: 'We could not read that',
		body: html`<p class="lead">Something in what was sent is broken. We did nothing.</p>
			<p><a href="${paths.subscribe}">Here is our form</a>.</p>`,
	},
} as const satisfies Record<string, Screen>;

export const lost: Screen = {
	status: 404,
	title: 'There is no such page',
	body: html`<p><a href="/">To the front page</a></p>`,
};

export const ourFault: Screen = {
	status: 500,
	title: 'Something broke here',
	body: html`<p class="lead">That is our fault, and it is noted. Please try again later.</p>`,
};

/** For somebody whose mail came back, or who marked one as unwanted. */
export function unreachable(replyTo: string): Screen {
	return {
		title: 'We cannot reach this address',
		body: html`<p class="lead">
				A mail to it came back, or was marked as unwanted, so our provider sends it no more.
			</p>
			<p>
				If that is a mistake, please write to <a href="mailto:${replyTo}">${replyTo}</a>. A person
				can put it right.
			</p>`,
	};
}

export const left: Screen = {
	title: 'You left this letter',
	body: html`<p class="lead">
			You left after this link was made, so it does not bring you back. You get no letter.
		</p>
		<p>
			Did you change your mind? You can <a href="${paths.subscribe}">sign up again</a> from
			tomorrow.
		</p>`,
};

/** After leaving. The way back is there for an hour, for the one who just left. */
export function out(publication: string, undo: string | undefined): Screen {
	const back =
		undo === undefined
			? html`<p>
					If you change your mind, you can <a href="${paths.subscribe}">sign up again</a>.
				</p>`
			: html`<p>Was it a slip? This button brings you back. It works for an hour.</p>
					${form(paths.preferences, { t: undo, return: '1' }, button('Keep me on the list'))}`;
	return {
		title: 'You are off the list',
		body: html`<p class="lead">You get no more letters from ${publication}.</p>
			${back}`,
	};
}

/** For everybody who asked, whatever is known of the address. */
export function sent({ choices }: Ports): Screen {
	const hours = choices.windowHours;
	const [often, next] =
		hours === 24
			? ['one such mail a day', 'a second try today sends nothing; you can ask again tomorrow']
			: [
					`one such mail in ${spanOf(hours)}`,
					`a second try sends nothing at once; you can ask again in ${spanOf(hours)}`,
				];
	return {
		title: 'Check your inbox',
		body: html`<p class="lead">
				If that address can get our letter, a mail is on its way. Open it and press the button on
				its page.
			</p>
			<p>
				Nothing there after a few minutes? Look in the spam folder. We send ${often} at most, so
				${next}.
			</p>
			<p>If you already get the letter, there is nothing to do.</p>`,
	};
}

/** For a cap that is reached: never a matter of the address. */
export function tooMany(status: 429 | 503, retrySeconds: number, ports: Ports): Screen {
	const minutes = Math.ceil(retrySeconds / 60);
	const { replyTo } = ports.settings;
	return {
		status,
		title: 'Too many sign-ups at once',
		body: html`<p class="lead">
				Please try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}. Nothing was sent.
			</p>
			<p>
				It has nothing to do with your address: we slow down when many come together. You can also
				write to <a href="mailto:${replyTo}">${replyTo}</a>: a person reads it.
			</p>`,
		retrySeconds,
	};
}
