/** As it should be. */
export function ok(about: string, text: string): Finding {
	return { about, level: 'ok', text, fix: undefined };
}

/** A fault: nothing should be sent before it is put right. */
export function bad(about: string, text: string, fix: string): Finding {
	return { about, level: 'bad', text, fix };
}

/** Nothing that stops a send. */
export function warn(about: string, text: string, fix: string): Finding {
	return { about, level: 'warn', text, fix };
}

/** Could not be looked at, which is no fault. */
export function unknown(about: string, text: string): Finding {
	return { about, level: 'unknown', text, fix: undefined };
}

/** One thing the doctor looked at. */
export interface Finding {
	/** What it is about, in a word. */
	about: string;
	/** Only `bad` fails. `open` waits for a person; `unknown` could not be looked at. */
	level: 'ok' | 'warn' | 'bad' | 'unknown' | 'open';
	text: string;
	/** What to do about it. */
	fix: string | undefined;
}
