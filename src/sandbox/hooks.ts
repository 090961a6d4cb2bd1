import type { Fault, FaultName } from './fault.ts';

/**
 * What a test does at each request to the API, before and after it takes effect: look at it, hold it
 * back, choose its fault, or end the process that made it. A hook that throws is a bug of the test.
 */
export interface Hooks {
	/** Called when a request has come in, before anything is looked at. A fault it returns hits it. */
	onRequest?: ((seen: SeenRequest) => Chosen | Promise<Chosen>) | undefined;
	/** Called when a request is done with, before its answer leaves. */
	onReply?: ((seen: SeenRequest, status: number | null) => void | Promise<void>) | undefined;
}

export interface SeenRequest {
	/** 1 for the first since the start or the last reset, in the order of arrival. */
	number: number;
	/** The SDK's name of the call; null for a path the API does not have. */
	op: string | null;
	/** The key it came with; it tells callers apart. */
	key: string | undefined;
	/** The cursor of a later page of a list. */
	after: string | null;
}

type Chosen = Fault | FaultName | undefined;
