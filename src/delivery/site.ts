/**
 * The public site as the sender sees it, and the web beyond as far as a mail links there. It asks
 * without cookies or keys, reads no more than it needs, and never asks a private network: a link in
 * a text must not make the machine that sends knock on doors that nobody outside can reach.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';

/**
 * Opens the public site.
 * @param address - where readers find it, and where it is served if that is elsewhere
 */
export function openSite(address: SiteAddress, web: Web): Site {
	const { publicOrigin, servedFrom, timeoutMs = 10_000 } = address;
	const home = new URL(publicOrigin);
	const served = servedFrom === undefined ? undefined : new URL(servedFrom);
	const isOwn = (url: URL): boolean => url.host === home.host;

	async function ask(address: string, method: Method): Promise<Answer> {
		let answer = await follow(new URL(address), method);
		for (let again = 1; again < tries && mayPass(answer); again++) {
			await web.wait(again * 1000);
			answer = await follow(new URL(address), method);
		}
		return answer;
	}

	/** One try, redirects included. */
	async function follow(start: URL, method: Method): Promise<Answer> {
		const signal = AbortSignal.timeout(timeoutMs);
		let url = start;
		try {
			for (let hop = 0; hop <= mostHops; hop++) {
				const reason = isOwn(start) ? undefined : await whyNot(url, web);
				if (reason !== undefined) return { kind: 'failed', reason, mayPass: false };
				const asked = isOwn(start) && served ? onOrigin(served, url) : url;
				const response = await web.fetch(asked, { ...init, method, signal });
				const location = response.headers.get('location');
				if (response.status < 300 || response.status > 399 || location === null) {
					const text = method === 'GET' && response.ok ? await textOf(response) : '';
					await response.body?.cancel().catch(() => undefined);
					return { kind: 'answered', status: response.status, text };
				}
				await response.body?.cancel();
				if (!URL.canParse(location, asked)) {
					return { kind: 'failed', reason: 'redirects to no address', mayPass: false };
				}
				const next = new URL(location, asked);
				url = next.origin === served?.origin ? onOrigin(home, next) : next;
				if (
					isOwn(start) &&
					(!isOwn(url) || (start.protocol === 'https:' && url.protocol !== 'https:'))
				) {
					const away = `redirects to ${url.origin}, which is not the public site`;
					return { kind: 'failed', reason: away, mayPass: false };
				}
			}
			return { kind: 'failed', reason: `redirects more than ${mostHops} times`, mayPass: false };
		} catch (error) {
			return { kind: 'failed', reason: wordsFor(error, timeoutMs), mayPass: true };
		}
	}

	return {
		async read(address) {
			if (!isOwn(new URL(address))) {
				return { kind: 'failed', reason: `is not on the public site ${home.origin}` };
			}
			const answer = await ask(address, 'GET');
			if (answer.kind === 'failed') return answer;
			if (!isSuccess(answer.status)) {
				return { kind: 'failed', reason: `answered ${answer.status}` };
			}
			return answer.text === undefined
				? { kind: 'failed', reason: `is larger than ${mostBytes / 1_000_000} MB` }
				: { kind: 'ok', text: answer.text };
		},

		async probe(address) {
			let answer = await ask(address, 'HEAD');
			// Not every server knows HEAD, and some answer it wrongly.
			if (answer.kind === 'answered' && !isSuccess(answer.status))
				answer = await ask(address, 'GET');
			if (answer.kind === 'failed') return { kind: 'broken', reason: answer.reason };
			const { status } = answer;
			if (isSuccess(status)) return { kind: 'ok' };
			const isClosed = !isOwn(new URL(address)) && closed.has(status);
			return { kind: isClosed ? 'closed' : 'broken', reason: `answered ${status}` };
		},

		isOwn: (address) => isOwn(new URL(address)),
	};
}

/** The machine's own way into the web. */
export function machineWeb(): Web {
	return {
		fetch: (url, given) => fetch(url, given),
		resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
		wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
	};
}

/** True for an address that anybody in the world could ask. */
export function isPublicAddress(address: string): boolean {
	const family = isIPv6(address) ? 'ipv6' : 'ipv4';
	const ranges = new BlockList();
	for (const [net, bits] of privateRanges[family]) ranges.addSubnet(net, bits, family);
	return !ranges.check(address, family);
}

/** Why an address beyond our own host is not asked; undefined where it may be. */
async function whyNot(url: URL, web: Web): Promise<string | undefined> {
	if (url.protocol !== 'https:' && url.protocol !== 'http:') return `leads to ${url.protocol}`;
	if (url.username !== '' || url.password !== '') return 'holds a name or a password';
	const addresses = await web.resolve(url.hostname.replace(/^\[|\]$/g, ''));
	return addresses.every(isPublicAddress)
		? undefined
		: 'leads into a private network, where no reader could follow';
}

/** The same path on another origin. Assigned, since a path such as `//host/` is an origin when joined. */
function onOrigin(origin: URL, { pathname, search }: URL): URL {
	const url = new URL(origin);
	url.pathname = pathname;
	url.search = search;
	return url;
}

/** The body as text; undefined where it is too large. */
async function textOf(response: Response): Promise<string | undefined> {
	if (!response.body) return '';
	const reader = response.body.getReader();
	const chunks: Uint8Array[] = [];
	let size = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return Buffer.concat(chunks).toString('utf8');
		size += value.length;
		if (size > mostBytes) {
			await reader.cancel();
			return undefined;
		}
		chunks.push(value);
	}
}

function mayPass(answer: Answer): boolean {
	return answer.kind === 'failed' ? answer.mayPass : answer.status >= 500;
}

function isSuccess(status: number): boolean {
	return status >= 200 && status <= 299;
}

function wordsFor(error: unknown, timeoutMs: number): string {
	if (!(error instanceof Error)) return 'could not be asked';
	if (error.name === 'TimeoutError') return `did not answer within ${timeoutMs / 1000} seconds`;
	const cause = error.cause instanceof Error ? error.cause : error;
	const code = 'code' in cause ? String(cause.code) : '';
	return reasons[code] ?? `could not be asked: ${cause.message || code}`;
}

const reasons: Record<string, string> = {
	ENOTFOUND: 'is on a host that does not exist',
	EAI_AGAIN: 'is on a host whose name could not be looked up',
	ECONNREFUSED: 'is on a host that takes no connections',
	ECONNRESET: 'broke the connection off',
	UND_ERR_SOCKET: 'broke the connection off',
};

const privateRanges = {
	ipv4: [
		['0.0.0.0', 8],
		['10.0.0.0', 8],
		['100.64.0.0', 10],
		['127.0.0.0', 8],
		['169.254.0.0', 16],
		['172.16.0.0', 12],
		['192.0.0.0', 24],
		['192.168.0.0', 16],
		['198.18.0.0', 15],
		['224.0.0.0', 4],
		['240.0.0.0', 4],
	],
	// One that wraps an IPv4 address (mapped, NAT64, 6to4, Teredo) could wrap a private one.
	ipv6: [
		['::', 96],
		['::ffff:0:0', 96],
		['64:ff9b::', 96],
		['2001::', 32],
		['2002::', 16],
		['fc00::', 7],
		['fe80::', 10],
		['ff00::', 8],
	],
} as const;

const init = {
	redirect: 'manual',
	headers: { 'user-agent': 'tandem-newsletter', 'cache-control': 'no-cache' },
} as const satisfies RequestInit;

/** Answers of hosts that show themselves to people and not to programs. */
const closed = new Set([401, 403, 405, 406, 429, 451, 999]);

const tries = 3;
const mostHops = 5;
/** A page of an issue has some 50 kB, a feed of twenty issues less than 1 MB. */
const mostBytes = 5_000_000;

/** What the guards ask of the public site. */
export interface Site {
	/**
	 * A text of our own host, redirects followed on that host only.
	 * @param address - absolute, as readers know it
	 */
	read(address: string): Promise<SiteReading>;
	/** Whether an address answers, on our own host or outside. */
	probe(address: string): Promise<Probe>;
	/** True for an address of our own host. */
	isOwn(address: string): boolean;
}

export interface SiteAddress {
	/** Where readers find it: `https://news.example.com`. */
	publicOrigin: string;
	/** Where it is asked instead: the demo serves it on loopback. */
	servedFrom?: string | undefined;
	/** Milliseconds that one try may take, redirects included; 10,000 if absent. */
	timeoutMs?: number | undefined;
}

/** The way into the web. */
export interface Web {
	fetch(url: URL, init: RequestInit): Promise<Response>;
	/** The addresses of a host name; rejects where there are none. */
	resolve(host: string): Promise<string[]>;
	wait(milliseconds: number): Promise<void>;
}

type SiteReading = { kind: 'ok'; text: string } | { kind: 'failed'; reason: string };

/** `reason` goes on from the address: `answered 404`. */
export type Probe =
	| { kind: 'ok' }
	/** It answers, but not to a program: nobody can tell what a reader would see. */
	| { kind: 'closed'; reason: string }
	| { kind: 'broken'; reason: string };

type Method = 'GET' | 'HEAD';

type Answer =
	/** Undefined text was too large; it is empty where nobody asked for it. */
	| { kind: 'answered'; status: number; text: string | undefined }
	| { kind: 'failed'; reason: string; mayPass: boolean };
