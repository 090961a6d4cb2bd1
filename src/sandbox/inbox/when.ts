import { html, type Markup } from './markup.ts';

/** An instant for reading: `Tue, 24 Nov 2026, 09:00 UTC`. */
export function when(at: number, precision: 'minute' | 'second' = 'minute'): string {
	const text = new Intl.DateTimeFormat('en-GB', {
		timeZone: 'UTC',
		weekday: 'short',
		day: 'numeric',
		month: 'short',
		year: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		...(precision === 'second' && { second: '2-digit' }),
	}).format(at);
	return `${text} UTC`;
}

/** The same as a `time` element. */
export function timeTag(at: number): Markup {
	return html`<time datetime="${new Date(at).toISOString()}">${when(at)}</time>`;
}
