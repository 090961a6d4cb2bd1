import { addDays } from '#/day.ts';
import type { Plan, Step } from './plan.ts';

/**
 * A plan as a calendar file (RFC 5545): one whole-day event for each step. Importing it again after
 * a change moves the same events, because their names depend on nothing that can be edited.
 * @param now - when the file is made
 */
export function planCalendar(plan: Plan, now: Date): string {
	const stamp = `${now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`;
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Tandem//Plan//EN',
		'CALSCALE:GREGORIAN',
		...plan.steps.flatMap((step) => event(plan, step, stamp)),
		'END:VCALENDAR',
	];
	return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function event(plan: Plan, step: Step, stamp: string): string[] {
	const owner = step.owner.trim() === '' ? [] : [`Owner: ${step.owner.trim()}`];
	const about = [step.question, ...owner, `${plan.title}, round ${plan.round}`];
	return [
		'BEGIN:VEVENT',
		`UID:${plan.from}-${plan.round}-${step.item}-${step.days}@${plan.set}.tandem.invalid`,
		`DTSTAMP:${stamp}`,
		`DTSTART;VALUE=DATE:${compact(step.due)}`,
		// The end is the first day after it.
		`DTEND;VALUE=DATE:${compact(addDays(step.due, 1))}`,
		`SUMMARY:${escape(step.text)}`,
		`DESCRIPTION:${escape(about.join('\n'))}`,
		...(step.read ? [`URL:${step.read.replaceAll(/\s/g, encodeURIComponent)}`] : []),
		'TRANSP:TRANSPARENT',
		'END:VEVENT',
	];
}

function compact(day: string): string {
	return day.replaceAll('-', '');
}

function escape(text: string): string {
	return (
		text
			.replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
			// oxlint-disable-next-line eslint/no-control-regex
			.replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g, ' ')
			.replaceAll(/[\\;,]/g, String.raw`\$&`)
			.replaceAll('\n', String.raw`\n`)
	);
}

/** Breaks a line after at most 75 bytes, never within a character. */
function fold(line: string): string {
	const encoder = new TextEncoder();
	let folded = '';
	let bytes = 0;
	for (const character of line) {
		const size = encoder.encode(character).length;
		if (bytes + size > 75) {
			folded += '\r\n ';
			bytes = 1;
		}
		folded += character;
		bytes += size;
	}
	return folded;
}
