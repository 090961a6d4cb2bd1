/** One request to the API, as the sandbox saw it. Keys and other credentials are never kept. */
export interface JournalEntry {
	/** 1 for the first request. */
	number: number;
	/** ISO instant by the sandbox clock. */
	time: string;
	method: string;
	/** With the query. */
	path: string;
	/** The SDK's name of the call, `broadcasts.send`; null for a path the API does not have. */
	op: string | null;
	/** Null while under way, and where the connection was broken or left hanging. */
	status: number | null;
	/** The fault that hit it. */
	fault: string | null;
	idempotencyKey: string | null;
	body: unknown;
}

// A demo may run for days; tests read far less than this.
const KEPT = 5_000;

/** Adds an entry and forgets the oldest one beyond the last 5,000. */
export function record(
	journal: JournalEntry[],
	entry: Omit<JournalEntry, 'number' | 'status' | 'fault'>,
): JournalEntry {
	const full: JournalEntry = {
		...entry,
		number: (journal.at(-1)?.number ?? 0) + 1,
		status: null,
		fault: null,
	};
	journal.push(full);
	if (journal.length > KEPT) journal.shift();
	return full;
}
