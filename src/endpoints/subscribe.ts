/**
 * The way onto the list. Nothing is stored and nobody is looked up: whoever asks gets one mail with
 * a link, and the same answer whatever the provider knows of the address.
 */
import { z } from 'zod';
import { parseAddress } from '#/delivery/address.ts';
import type { Address } from '#/delivery/address.ts';
import { currentVersion } from '#/delivery/wording.ts';
import { confirmMail } from '#/email/confirm.ts';
import { readFields } from './body.ts';
import type { Fields } from './body.ts';
import { formScreen, mostAuto } from './form.ts';
import type { FormFacts } from './form.ts';
import { isOwnForm } from './guard.ts';
import type { Way } from './limits.ts';
import { pageAnswer } from './page.ts';
import { paths } from './path.ts';
import type { Ports } from './ports.ts';
import { foreignForm, sent, tooMany, unclear, unreadable } from './screens.ts';
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

	const { email, stamp, website, altcha, topics } = asked.data;
	// What fell into the trap is not sent once more by itself: a person would have left it empty.
	const shown = { email, topics, auto: website === '' ? asked.data.auto : mostAuto };
	const address = parseAddress(email);
	if (!address) return again(body, { ...shown, fault: 'address', stamp }, ports);
	const form = await readStamp(stamp, address.text, ports);
	if (form.age === 'none') {
		const fault = stamp === '' ? 'once' : 'old';
		return again(body, { ...shown, fault, stamp: '' }, ports);
	}
	const isSolved = altcha !== '' && (await ports.puzzle.take(altcha, address.text));
	if (form.age === 'early' && !isSolved) {
		// A form that was quick keeps its stamp, and is old enough the next time.
		return again(body, { ...shown, fault: 'early', stamp }, ports);
	}
	const hasWaited =
		!isSolved && form.waited && ports.once.take(form.waited.id, form.waited.exp * 1000);
	const way: Way = isSolved ? 'solved' : hasWaited ? 'waited' : 'plain';
	const verdict = ports.limits.take(ports.clientAddress(request, env), address, way);
	if (verdict.kind === 'wait') return pageAnswer(tooMany(429, verdict.seconds, ports), ports);
	if (verdict.kind === 'closed') return pageAnswer(tooMany(503, verdict.seconds, ports), ports);
	if (verdict.kind === 'puzzle') {
		// Who presses too soon goes on waiting: the minute counts from the first time.
		const bound = form.isBound && !form.waited ? stamp : await mintStamp(ports, address.text);
		const puzzle = await ports.puzzle.create(address.text);
		return again(body, { ...shown, fault: 'puzzle', stamp: bound, puzzle }, ports);
	}

	const isQuiet = website !== '' || verdict.kind === 'quiet';
	const [isTaken] = await Promise.all([
		isQuiet ? true : askToConfirm(address, topics, ports),
		ports.wait(ports.choices.floorMs),
	]);
	if (!isTaken) return pageAnswer(unclear, ports);
	return body.isJson ? Response.json({ ok: true }) : pageAnswer(sent(ports), ports);
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
		w: currentVersion,
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

/** The form once more. A browser with scripts does what is left to do by itself, twice at most. */
async function again(body: Fields, shown: FormFacts, ports: Ports): Promise<Response> {
	const stamp = shown.stamp === '' ? await mintStamp(ports) : shown.stamp;
	const status = shown.fault === 'address' ? 400 : 200;
	if (body.isJson) {
		const { fault, puzzle } = shown;
		const reason = fault === 'once' ? 'stamp' : fault;
		return Response.json({ ok: false, reason, stamp, ...(puzzle && { puzzle }) }, { status });
	}
	return pageAnswer({ ...formScreen({ ...shown, stamp }, ports), status }, ports);
}

const one = (most: number) => z.tuple([z.string().max(most)]).transform(([text]) => text);

const signUpSchema = z.strictObject({
	email: one(1_000),
	topics: z.array(z.string().max(64)).max(20).default([]),
	stamp: one(1_000).default(''),
	website: one(1_000).default(''),
	altcha: one(8_000).default(''),
	/** How often the browser sent it by itself. */
	auto: one(1)
		.default('0')
		.transform((text) => (text === '0' ? 0 : text === '1' ? 1 : mostAuto)),
});
