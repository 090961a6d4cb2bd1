/**
 * The playbook without a network. This file is the service worker itself: the build takes its types
 * away and writes the version in (`src/integrations/offline.ts`), so it imports nothing.
 *
 * The network is always asked first. What is kept answers only where the network does not, so that
 * nobody who is online ever reads a page of yesterday. One build is kept as a whole: a page and the
 * search index beside it are of the same day.
 */
const version = '%VERSION%';
const cacheName = `playbook-${version}`;
/** Kept after all the files it lists: where it is, the rest is too. */
const lastKept = '/offline.json';
// The program's types are those of a page; a worker's global scope is another one.
const worker = self as unknown as WorkerScope;

worker.addEventListener('install', (event) => {
	event.waitUntil(keepAll().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
	event.waitUntil(forget(cacheName).then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (request.method === 'GET' && origin === worker.location.origin) {
		event.respondWith(answer(event, pathname));
	}
});

async function answer(event: FetchEvent, path: string): Promise<Response> {
	const { request } = event;
	let response: Response;
	try {
		response = await fetch(request);
	} catch (cause) {
		const kept = await fromCache(path);
		if (kept) return kept;
		if (request.mode === 'navigate') return notKept();
		throw cause;
	}
	if (await isRefused(response, path)) {
		event.waitUntil(forget());
	} else if (request.mode === 'navigate' && response.ok && !(await fromCache(lastKept))) {
		event.waitUntil(keepAll());
	}
	return response;
}

/** A file under the path that was asked for, whatever follows the question mark. */
async function fromCache(path: string): Promise<Response | undefined> {
	const cache = (await caches.has(cacheName)) ? await caches.open(cacheName) : undefined;
	return cache?.match(path);
}

/**
 * True where a host says that its reader is not logged in: by its status, or by leading a page of
 * ours elsewhere.
 */
async function isRefused(response: Response, path: string): Promise<boolean> {
	if (response.status === 401 || response.status === 403) return true;
	return response.type === 'opaqueredirect' && (await fromCache(path)) !== undefined;
}

/** Fetches the whole of this build; all of it is kept, or nothing. */
async function keepAll(): Promise<void> {
	const cache = await caches.open(cacheName);
	try {
		const list = await readList(lastKept);
		if (list?.version !== version) throw new Error('The playbook was built anew meanwhile.');
		const search = await readList('/pagefind/offline.json');
		const waiting = [...list.files, ...(search?.files ?? [])];
		const total = waiting.length;
		await tell(0, total);
		const fetchNext = async (): Promise<void> => {
			for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
				const response = await fetch(path, { cache: 'no-cache' });
				if (!response.ok || response.redirected) throw new Error(`${path} was not to be had.`);
				await cache.put(path, response);
				const done = total - waiting.length;
				if (done % 20 === 0) await tell(done, total);
			}
		};
		await Promise.all(Array.from({ length: 6 }, fetchNext));
		await cache.put(lastKept, Response.json(list));
		await tell(total, total);
	} catch (cause) {
		await caches.delete(cacheName);
		throw cause;
	}
}

async function readList(path: string): Promise<FileList | undefined> {
	const response = await fetch(path, { cache: 'no-store' });
	if (response.status === 404) return undefined;
	// Our own build wrote it; a login page in its place is no JSON.
	return (await response.json()) as FileList;
}

/** Deletes what is kept, but for one cache. */
async function forget(but?: string): Promise<void> {
	const names = (await caches.keys()).filter(
		(name) => name.startsWith('playbook-') && name !== but,
	);
	await Promise.all(names.map((name) => caches.delete(name)));
}

async function tell(done: number, total: number): Promise<void> {
	const pages = await worker.clients.matchAll({ includeUncontrolled: true });
	for (const page of pages) page.postMessage({ done, total });
}

function notKept(): Response {
	return new Response(
		`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Not kept</title><body style="font:1.1rem/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem"><main><h1>This page is not kept</h1><p>You are offline, and this address is not among the kept pages. <a href="/">Go to the home page</a>, which is.</p></main>`,
		{ status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } },
	);
}

interface FileList {
	version?: string;
	/** Paths as they are asked for. */
	files: string[];
}

/** As much of a service worker's global scope as is used here. */
interface WorkerScope {
	location: Location;
	clients: {
		claim(): Promise<void>;
		matchAll(options: object): Promise<{ postMessage(message: unknown): void }[]>;
	};
	skipWaiting(): Promise<void>;
	addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
	addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
}

interface ExtendableEvent extends Event {
	waitUntil(promise: Promise<unknown>): void;
}

interface FetchEvent extends ExtendableEvent {
	request: Request;
	respondWith(response: Promise<Response>): void;
}
