/**
 * The way onto the list. Nothing is stored and nobody is looked up: whoever asks gets one mail with
 * a link, and the same answer whatever the provider knows of the address.
 */
import { html } from 'hono/html';
import { z } from 'zod';
import { parseAddress } from '#/delivery/address.ts';
import type { Address } from '#/delivery/address.ts';
import { confirmMail } from '#/email/confirm.ts';
import { readFields } from './body.ts';
import type { Fields } from './body.ts';
import { isOwnForm } from './guard.ts';
import { button, form, nothing, pageAnswer } from './page.ts';
import type { Screen } from './page.ts';
import { paths } from './path.ts';
import type { Ports } from './ports.ts';
import { foreignForm, unclear, unreadable } from './screens.ts';
import { mintStamp, readStamp } from './stamp.ts';

/** The form, or for a script the stamp alone. */
export async function showSubscribe(request: Request, ports: Ports): Promise<Response> {
	const stamp = await mintStamp(ports);
	if (request.headers.get('accept')?.includes('application/json')) return Response.json({ stamp });
	return pageAnswer(formScreen({ stamp }, ports), ports);
}

/** Takes a sign-up from the form or from a script: the same guard, the same answers. */
export async function subscribe(request: Request, env: unknown, ports: Ports): Promise<Response> {
	if (!isOwnForm(request, ports.publicUrl)) return pageAnswer(foreignForm, ports);
	const body = await readFields(request, true);
	if (body.kind !== 'fields') return pageAnswer(unreadable[body.kind], ports);
	const asked = signUpSchema.safeParse(Object.fromEntries(body.values));
	if (!asked.success) return pageAnswer(unreadable.broken, ports);

	const { email, stamp, website, altcha } = asked.data;
	const address = parseAddress(email);
	const age = await readStamp(stamp, ports);
	if (!address) return again(body, { email, fault: 'address', stamp }, ports);
	if (age !== 'good') {
		const fault = stamp === '' ? undefined : age === 'early' ? 'early' : 'old';
		// A form that was quick keeps its stamp, and is old enough the next time.
		return again(body, { email, fault, stamp: age === 'early' ? stamp : '' }, ports);
	}
	const verdict = ports.limits.take(ports.clientAddress(request, env), address);
	if (verdict.kind === 'wait') return pageAnswer(tooMany(429, verdict.seconds), ports);
	if (verdict.kind === 'closed') return pageAnswer(tooMany(503, verdict.seconds), ports);
	if (ports.puzzle && !(await ports.puzzle.isSolved(altcha, address.text))) {
		return again(body, { email, fault: 'puzzle', stamp: '' }, ports);
	}

	const isQuiet = website !== '' || verdict.kind === 'quiet';
	const [isTaken] = await Promise.all([
		isQuiet ? true : askToConfirm(address, asked.data.topics, ports),
		ports.wait(ports.choices.floorMs),
	]);
	if (!isTaken) return pageAnswer(unclear, ports);
	return body.isJson ? Response.json({ ok: true }) : pageAnswer(sent, ports);
}

/** Sends the one mail of this address and window. True also where it went out before. */
async function askToConfirm(
	address: Address,
	topics: readonly string[],
	ports: Ports,
): Promise<boolean> {
	const { choices, settings, tokens, publicUrl } = ports;
	const known = ports.audience.topics.map(({ id }) => id);
	const wanted = topics.length === 0 ? known : topics.filter((id) => known.includes(id));
	// An unknown topic is answered as ever, and nothing comes of it.
	if (wanted.length === 0 || wanted.length < topics.length) return true;
	const windowSeconds = choices.windowHours * 3600;
	const iat = Math.floor(ports.now().getTime() / 1000 / windowSeconds) * windowSeconds;
	const exp = iat + windowSeconds + choices.validHours * 3600;
	const facts = {
		e: address.text,
		n: settings.delivery.site,
		t: wanted.toSorted(),
		w: choices.wording.version,
	};
	const token = await tokens.mint('confirm', facts, { iat, exp });
	const mail = confirmMail(address.text, `${publicUrl}${paths.confirm}?t=${token}`, settings);
	// Mailboxes do not tell capitals apart, so neither does the one mail of a window.
	const name = await tokens.name('confirm', [address.text.toLowerCase(), facts.n, String(iat)]);
	const outcome = await ports.mailer.send(mail, `confirm/${name}`);
	if (outcome.kind === 'ok') return true;
	// A mail of this name is out: the first choice of a window holds. One that is only said to be on
	// its way may still fail, so that is no yes; asked again, it is the same one mail.
	if (outcome.kind === 'refused' && outcome.name === 'invalid_idempotent_request') return true;
	const what =
		outcome.kind === 'refused' ? `confirm mail refused: ${outcome.name}` : 'confirm mail unclear';
	ports.log({ event: 'provider', path: paths.subscribe, method: 'POST', what });
	return false;
}

async function again(body: Fields, shown: FormFacts, ports: Ports): Promise<Response> {
	const stamp = shown.stamp === '' ? await mintStamp(ports) : shown.stamp;
	const status = shown.fault === 'address' ? 400 : 200;
	if (body.isJson)
		return Response.json({ ok: false, reason: shown.fault ?? 'stamp', stamp }, { status });
	return pageAnswer({ ...formScreen({ ...shown, stamp }, ports), status }, ports);
}

function formScreen({ email = '', stamp, fault }: FormFacts, ports: Ports): Screen {
	const { publication } = ports.settings;
	const { topics } = ports.audience;
	const about = fault === undefined ? (email === '' ? undefined : 'once') : fault;
	const choices =
		topics.length < 2
			? nothing
			: html`<fieldset>
					<legend>What would you like?</legend>
					${topics.map(
						({ id, name }) =>
							html`<label class="choice"
								><input type="checkbox" name="topics" value="${id}" checked /> ${name}</label
							>`,
					)}
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
		<p id="consent">${ports.choices.wording.text}</p>
		${button('Send me the confirm mail')}`;
	return {
		title: `Subscribe to ${publication}`,
		body: html`${about === undefined ? html`<p class="lead">One letter a week. You confirm by mail first.</p>` : html`<p id="fault" class="${isWrong ? 'wrong' : 'lead'}" role="status">${messages[about]}</p>`}
			${form(paths.subscribe, { stamp }, inner)}
			<p class="meta">
				We send one mail to this address and store nothing until you press the button in it.
				<a href="/privacy/">What we keep, and what we don't</a>.
			</p>`,
	};
}

const messages = {
	once: 'Is the address right? Then press the button once more.',
	address:
		'This does not look like an e-mail address. Please check it; it reads like name@example.com.',
	early: 'That was quick. Please look at the address, then press the button once more.',
	old: 'This form was open for a long time. Please press the button once more.',
	puzzle:
		'Your browser did not finish a small task that keeps robots out. Please press the button once more.',
};

const sent: Screen = {
	title: 'Check your inbox',
	body: html`<p class="lead">
			If that address can get our letter, a mail is on its way. Open it and press the button on its
			page.
		</p>
		<p>
			Nothing there after a few minutes? Look in the spam folder. We send one such mail a day at
			most, so a second try today sends nothing; you can ask again tomorrow.
		</p>
		<p>If you already get the letter, there is nothing to do.</p>`,
};

function tooMany(status: 429 | 503, retrySeconds: number): Screen {
	const minutes = Math.ceil(retrySeconds / 60);
	return {
		status,
		title: 'Too many sign-ups at once',
		body: html`<p class="lead">
				Please try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}. Nothing was sent.
			</p>
			<p>It has nothing to do with your address: we slow down when many come together.</p>`,
		retrySeconds,
	};
}

const one = (most: number) => z.tuple([z.string().max(most)]).transform(([text]) => text);

const signUpSchema = z.strictObject({
	email: one(1_000),
	topics: z.array(z.string().max(64)).max(20).default([]),
	stamp: one(1_000).default(''),
	website: one(1_000).default(''),
	altcha: one(8_000).default(''),
});

interface FormFacts {
	/** As typed. */
	email?: string;
	/** Empty for a new one. */
	stamp: string;
	fault?: 'address' | 'early' | 'old' | 'puzzle' | undefined;
}
