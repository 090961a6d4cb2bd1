/** What goes wrong with one request: whether it takes effect, and what the caller sees. */
export interface Fault {
	/** `late` executes after `lateMs` of the sandbox clock, when the caller has long given up. */
	effect: 'none' | 'commit' | 'late';
	reply: 'drop' | 'hang' | 'html' | 'empty' | 'truncated' | 'error' | 'bare';
	status?: number;
	code?: string;
	message?: string;
	headers?: Record<string, string>;
	lateMs?: number;
}

/** The faults with a name. Anything else can be given as a `Fault`. */
export const faults = {
	/** The connection breaks and nothing happened. */
	'before-commit': { effect: 'none', reply: 'drop' },
	/** The connection breaks although the call succeeded: the SDK's `statusCode: null`. */
	'after-commit': { effect: 'commit', reply: 'drop' },
	/** No answer until the caller gives up; nothing happened. */
	hang: { effect: 'none', reply: 'hang' },
	'hang-after-commit': { effect: 'commit', reply: 'hang' },
	/** The connection breaks; the call takes effect five minutes later. */
	late: { effect: 'late', reply: 'drop', lateMs: 300_000 },
	'html-502': { effect: 'none', reply: 'html', status: 502 },
	'html-502-after-commit': { effect: 'commit', reply: 'html', status: 502 },
	'empty-200': { effect: 'commit', reply: 'empty' },
	'truncated-200': { effect: 'commit', reply: 'truncated' },
	/** JSON of a proxy, without `statusCode`. */
	'bare-504': { effect: 'none', reply: 'bare', status: 504 },
	'500-before': { effect: 'none', reply: 'error', status: 500, code: 'application_error' },
	'500-after': { effect: 'commit', reply: 'error', status: 500, code: 'application_error' },
	'503': { effect: 'none', reply: 'error', status: 503, code: 'service_unavailable' },
	'401': { effect: 'none', reply: 'error', status: 401, code: 'restricted_api_key' },
	'403': { effect: 'none', reply: 'error', status: 403, code: 'invalid_permission' },
	'409-locked': { effect: 'none', reply: 'error', status: 409, code: 'resource_locked' },
	'429': {
		effect: 'none',
		reply: 'error',
		status: 429,
		code: 'rate_limit_exceeded',
		headers: { 'retry-after': '1' },
	},
	'429-bare': { effect: 'none', reply: 'error', status: 429, code: 'rate_limit_exceeded' },
	'429-daily': { effect: 'none', reply: 'error', status: 429, code: 'daily_quota_exceeded' },
	'429-monthly': { effect: 'none', reply: 'error', status: 429, code: 'monthly_quota_exceeded' },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

/** A fault that waits for its request. */
export interface PlannedFault {
	op: string;
	name: string;
	fault: Fault;
	/** Matching requests to let through first. */
	skip: number;
	/** Matching requests to hit after that. */
	times: number;
}

export interface FailOptions {
	times?: number;
	skip?: number;
}

/** Plans a fault. `*` matches every operation. */
export function planFault(
	plan: PlannedFault[],
	op: string,
	fault: FaultName | Fault,
	{ times = 1, skip = 0 }: FailOptions = {},
): void {
	const named = typeof fault === 'string';
	plan.push({
		op,
		name: named ? fault : 'custom',
		fault: named ? faults[fault] : fault,
		skip,
		times,
	});
}

/** Takes the first fault that hits this operation, and uses it up. */
export function takeFault(plan: PlannedFault[], op: string): PlannedFault | undefined {
	const index = plan.findIndex((planned) => {
		if (planned.op !== op && planned.op !== '*') return false;
		if (planned.skip === 0) return true;
		planned.skip -= 1;
		return false;
	});
	const hit = plan[index];
	if (hit === undefined) return undefined;
	hit.times -= 1;
	if (hit.times <= 0) plan.splice(index, 1);
	return hit;
}
