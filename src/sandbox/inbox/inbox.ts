import type { WireRequest } from '#/sandbox/api.ts';
import { type Controls, moveClock } from '#/sandbox/control.ts';
import { reply, type Reply, seeOther } from '#/sandbox/reply.ts';
import type { World } from '#/sandbox/world.ts';
import { broadcastsPage } from './broadcasts.ts';
import { contactsPage } from './contacts.ts';
import { pageReply } from './layout.ts';
import { listPage } from './list.ts';
import { mailBody, mailPage } from './mail.ts';
import { html } from './markup.ts';
import { preferencesPage, pressed } from './preferences.ts';
import { requestsPage } from './requests.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** The sandbox in a browser: delivered mails, broadcasts, contacts, requests, unsubscribe links. */
export async function answerPage(
	request: WireRequest,
	world: World,
	controls: Controls,
): Promise<Reply> {
	const { pathname, searchParams } = request.url;
	const reads = request.method === 'GET' || request.method === 'HEAD';
	const token = /^\/unsubscribe\/([\w-]+)$/.exec(pathname)?.[1];

	if (token !== undefined && request.method === 'POST') return pressed(token, request, world);
	if (pathname === '/inbox/clock' && request.method === 'POST') {
		return pressClock(request, world, controls);
	}
	if (!reads) {
		return reply(405, 'text/plain; charset=utf-8', 'Only GET.\n', { allow: 'GET, HEAD' });
	}
	if (token !== undefined) return preferencesPage(token, world);

	const mail = /^\/inbox\/mails\/([\w-]+)(?:\/(text|source|body))?$/.exec(pathname);
	if (mail?.[1] !== undefined) {
		const found = world.state.mails.find(({ id }) => id === mail[1]);
		if (found === undefined) return missing(world);
		return mail[2] === 'body' ? mailBody(found, world) : mailPage(found, mail[2] ?? 'html', world);
	}

	switch (pathname) {
		case '/':
			return listPage(searchParams, world);
		case '/inbox/broadcasts':
			return broadcastsPage(world);
		case '/inbox/contacts':
			return contactsPage(world);
		case '/inbox/requests':
			return requestsPage(world);
		case '/inbox/style.css':
			return reply(200, 'text/css; charset=utf-8', style);
		case '/inbox/inbox.js':
			return reply(200, 'text/javascript; charset=utf-8', script);
		default:
			return missing(world);
	}
}

async function pressClock(request: WireRequest, world: World, controls: Controls): Promise<Reply> {
	const form = new URLSearchParams(request.body);
	const step = form.get('step');
	if (step === 'next') await moveClock({ advance: 'next' }, world, controls);
	if (step === 'hour') await moveClock({ advanceMs: 3_600_000 }, world, controls);
	if (step === 'day') await moveClock({ advanceMs: 86_400_000 }, world, controls);
	return seeOther(form.get('back') ?? '/');
}

function missing(world: World): Reply {
	const body = html`<h1>Not here</h1>
		<p>The sandbox has no such page. <a href="/">Back to the inbox</a>.</p>`;
	return pageReply({ title: 'Not here', path: '/', body, status: 404 }, world);
}
