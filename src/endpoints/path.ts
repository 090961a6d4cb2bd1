/** What the endpoints answer; every other path belongs to the static site. */
export const paths = {
	subscribe: '/subscribe',
	style: '/subscribe/style.css',
	script: '/subscribe/form.js',
	confirm: '/confirm',
	preferences: '/preferences',
	unsubscribe: '/unsubscribe',
	webhook: '/webhook/resend',
	health: '/healthz',
} as const;

/**
 * The one spelling of a request's path, so that no capital, slash or encoding decides anything: a
 * guard that knows `/subscribe` knows `/Subscribe/` too.
 */
export function pathOf(request: Request): string {
	const { pathname } = new URL(request.url);
	let path = pathname;
	// Twice encoded is as good as once: nothing here has a percent sign of its own.
	for (let round = 0; round < 2 && path.includes('%'); round += 1) path = decoded(path);
	return path
		.toLowerCase()
		.replace(/\/+/g, '/')
		.replace(/(?<=.)\/$/, '');
}

/** True for a path that the endpoints answer, however it is spelled. */
export function isEndpoint(request: Request): boolean {
	return known.has(pathOf(request));
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

const known: ReadonlySet<string> = new Set(Object.values(paths));
