import type { WireRequest } from './api.ts';
import { reply, type Reply } from './reply.ts';
import type { World } from './world.ts';

/**
 * Keeps other web sites away from the inbox and the control API: pages answer to loopback names only,
 * and a POST must come from these pages or from a program. Unsubscribe links are exempt, since
 * mailboxes press them without an origin. Returns the refusal, or null.
 */
export function guard(request: WireRequest, world: World): Reply | null {
	if (!isOwnHost(request.headers.host, world)) {
		return refusal(421, 'The sandbox answers to this computer only.');
	}
	if (['GET', 'HEAD'].includes(request.method)) return null;
	if (request.url.pathname.startsWith('/unsubscribe/')) return null;

	const site = request.headers['sec-fetch-site'];
	const { origin } = request.headers;
	const foreignOrigin = origin !== undefined && hostOf(origin) !== request.headers.host;
	if (foreignOrigin || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
		return refusal(403, 'This form belongs to another site.');
	}
	return null;
}

function isOwnHost(host: string | undefined, world: World): boolean {
	const name = host?.replace(/:\d+$/, '') ?? '';
	if (name === 'localhost' || name.endsWith('.localhost') || name === '[::1]') return true;
	if (/^127(\.\d{1,3}){3}$/.test(name)) return true;
	return Object.values(world.hosts).some((local) => hostOf(local) === host);
}

function hostOf(origin: string): string | null {
	return URL.canParse(origin) ? new URL(origin).host : null;
}

function refusal(status: number, sentence: string): Reply {
	return reply(status, 'text/plain; charset=utf-8', `${sentence}\n`);
}
