import type { World } from './world.ts';

// What the documentation promises; shown in the headers while no limit is enforced.
const DOCUMENTED = 10;

/** Counts a request in the present second of the sandbox clock. */
export function countRequest(world: World): void {
	const second = Math.floor(world.timeline.now() / 1000);
	const { window } = world;
	window.count = window.second === second ? window.count + 1 : 1;
	window.second = second;
}

/** The rate-limit headers of a response. */
export function rateHeaders(world: World): Record<string, string> {
	const limit = world.knobs.rateLimit ?? DOCUMENTED;
	return {
		'ratelimit-limit': String(limit),
		'ratelimit-policy': `${limit};w=1`,
		'ratelimit-remaining': String(Math.max(0, limit - world.window.count)),
		'ratelimit-reset': '1',
	};
}
