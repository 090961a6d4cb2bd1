import { ApiError } from './api-error.ts';
import { ok, route } from './router.ts';
import type { World } from './world.ts';

export const usageRoutes = [
	route('GET', '/usage', 'usage.get', (_call, world) => ok(usage(world))),
];

/** Transactional mails of the present UTC day and month. */
export function transactional(world: World): { daily: number; monthly: number } {
	const [day, month] = periods(world);
	return {
		daily: world.state.sentBy.get(day) ?? 0,
		monthly: world.state.sentBy.get(month) ?? 0,
	};
}

/** Counts transactional mails, or throws 429 before any of them where a quota would be exceeded. */
export function spend(mails: number, world: World): void {
	const { daily, monthly } = world.knobs.quota;
	const used = transactional(world);
	if (daily !== null && used.daily + mails > daily) {
		throw new ApiError(429, 'daily_quota_exceeded', 'You have reached your daily email quota.');
	}
	if (monthly !== null && used.monthly + mails > monthly) {
		throw new ApiError(429, 'monthly_quota_exceeded', 'You have reached your monthly email quota.');
	}
	for (const period of periods(world)) {
		world.state.sentBy.set(period, (world.state.sentBy.get(period) ?? 0) + mails);
	}
}

function usage(world: World) {
	const { quota, rateLimit } = world.knobs;
	const used = transactional(world);
	const now = new Date(world.timeline.now());
	const tomorrow = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
	const nextMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
	const period = (count: number, limit: number | null, resets: number) => ({
		used: count,
		limit,
		sent: count,
		received: 0,
		resets_at: new Date(resets).toISOString(),
	});

	return {
		object: 'usage',
		emails: {
			daily: period(used.daily, quota.daily, tomorrow),
			monthly: period(used.monthly, quota.monthly ?? UNLIMITED, nextMonth),
		},
		contacts: { used: world.state.contacts.size, limit: quota.contacts ?? UNLIMITED },
		segments: { used: world.state.segments.size, limit: null },
		broadcasts: { used: world.state.broadcasts.size, limit: null },
		ai_credits: { used: 0, limit: null, next_increase_at: null },
		automation_runs: { used: 0, limit: 0, resets_at: new Date(nextMonth).toISOString() },
		domains: { used: world.state.domains.size, limit: null },
		rate_limit: { limit: rateLimit ?? 10, duration: '1s' },
	};
}

// The SDK types these limits as numbers, so a lifted quota is a number nobody reaches.
const UNLIMITED = 1_000_000_000;

function periods(world: World): [day: string, month: string] {
	const iso = new Date(world.timeline.now()).toISOString();
	return [iso.slice(0, 10), iso.slice(0, 7)];
}
