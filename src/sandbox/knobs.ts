/** What a test or a demo can turn. Every knob is read at the moment of use, so it may be set late. */
export interface Knobs {
	/** Milliseconds of real time between accepting a request and executing it. */
	latencyMs: number;
	/** Lists show the account as it was this many milliseconds ago, by the sandbox clock. */
	listLagMs: number;
	/** How many of the newest objects every list leaves out. */
	listDropsNewest: number;
	/** Requests a second by the sandbox clock; null never answers 429. */
	rateLimit: number | null;
	/** Null lifts a quota. Daily and monthly count `emails` only; `contacts` stops broadcasts. */
	quota: { daily: number | null; monthly: number | null; contacts: number | null };
	/** How long a broadcast stays `queued`; its mails go out spread over this time. */
	queuedMs: number;
	/** How often each webhook event is delivered. */
	webhookCopies: number;
	/** Delivers webhook events that are due together in reverse order. */
	webhookDisorder: boolean;
	/** Clauses of the conformance file for which the sandbox shows the pessimistic value. */
	pessimistic: readonly Clause[];
}

/** Assumptions about Resend that have a pessimistic value here; the conformance file states them. */
export const clauses = [
	'C01',
	'C02',
	'C04',
	'C05',
	'C06',
	'C07',
	'C09',
	'C10',
	'C11',
	'C12',
	'C13',
	'C15',
	'C16',
	'C17',
	'C18',
	'C19',
	'C20',
	'C21',
	'C22',
	'C23',
] as const;

export type Clause = (typeof clauses)[number];

/** The knobs of an ordinary paid account. */
export function createKnobs(given: Partial<Knobs> = {}): Knobs {
	return {
		latencyMs: 0,
		listLagMs: 0,
		listDropsNewest: 0,
		rateLimit: null,
		quota: { daily: null, monthly: 50_000, contacts: 5_000 },
		queuedMs: 1_000,
		webhookCopies: 1,
		webhookDisorder: false,
		pessimistic: [],
		...given,
	};
}
