/**
 * Leaving, by our page or by one click of a mailbox (RFC 8058). The link in a mail is the only key:
 * no cookie, no origin, no login. It can only ever take somebody off.
 */
import { html } from 'hono/html';
import { leave } from '#/delivery/subscription.ts';
import { readFields } from './body.ts';
import { listOf, mintPersonal, openPersonal } from './list.ts';
import { button, form, pageAnswer } from './page.ts';
import { paths } from './path.ts';
import type { Ports } from './ports.ts';
import { out, unclear, unreadable, wrongLink } from './screens.ts';

/** One button. It shows nothing of the person: a forwarded mail holds this link for ever. */
export async function showUnsubscribe(request: Request, ports: Ports): Promise<Response> {
	const token = tokenOf(request);
	if (!(await openPersonal('unsub', token, ports))) return pageAnswer(wrongLink, ports);
	const { publication } = ports.settings;
	return pageAnswer(
		{
			title: `Leave ${publication}?`,
			body: html`<p class="lead">Press the button, and you get no more letters.</p>
				${form(`${paths.unsubscribe}?t=${token}`, { leave: '1' }, button('Unsubscribe'))}`,
		},
		ports,
	);
}

export async function unsubscribe(request: Request, ports: Ports): Promise<Response> {
	const body = await readFields(request);
	if (body.kind !== 'fields') return pageAnswer(unreadable[body.kind], ports);
	const opened = await openPersonal('unsub', tokenOf(request), ports);
	if (!opened) return pageAnswer(wrongLink, ports);
	const isOneClick = body.values.get('List-Unsubscribe')?.includes('One-Click') ?? false;
	const isOwnPage = body.values.get('leave')?.includes('1') ?? false;
	if (!isOneClick && !isOwnPage) return pageAnswer(unreadable.broken, ports);

	const outcome = await leave(opened.personId, isOwnPage, listOf(ports));
	if (outcome.kind === 'unclear') {
		ports.log({ event: 'provider', path: paths.unsubscribe, method: 'POST', what: outcome.reason });
		return pageAnswer(unclear, ports);
	}
	if (isOneClick) return new Response('Unsubscribed.\n');
	const undo =
		outcome.leftAt === undefined
			? undefined
			: await mintPersonal('undo', opened.personId, { l: outcome.leftAt }, ports);
	return pageAnswer(out(ports.settings.publication, undo), ports);
}

function tokenOf(request: Request): string {
	return new URL(request.url).searchParams.get('t') ?? '';
}
