import { formatDay } from '#/day.ts';
import type { Plan, Step } from './plan.ts';

/** A plan as Markdown: a heading for each question, a box to tick for each step. */
export function planMarkdown({ title, steps, from, round }: Plan): string {
	const lines = [`# Plan: ${escape(title)}`, '', `From ${day(from)}, round ${round}.`];
	let question: string | undefined;
	for (const step of steps) {
		if (step.question !== question) lines.push('', `## ${escape(step.question)}`, '');
		question = step.question;
		const owner = line(step.owner) === '' ? 'nobody yet' : escape(step.owner);
		lines.push(`- [ ] **${step.days} days, by ${day(step.due)}** (${owner}): ${linked(step)}`);
	}
	return `${lines.join('\n')}\n`;
}

/**
 * A plan as CSV (RFC 4180, with the mark by which Excel knows UTF-8). A cell that a spreadsheet
 * would run as a formula gets an apostrophe in front.
 */
export function planCsv({ steps }: Plan): string {
	const rows = [
		['Question', 'Days', 'Due', 'Owner', 'What', 'Read'],
		...steps.map((step) => [
			step.question,
			String(step.days),
			step.due,
			step.owner,
			step.text,
			step.read ?? '',
		]),
	];
	return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

function linked({ text, read }: Step): string {
	// A bracket or a blank would end the address.
	const address = read?.replaceAll(/[\s<>()]/g, hex);
	return address ? `[${escape(text)}](${address})` : escape(text);
}

function hex(character: string): string {
	return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function day(date: string): string {
	return formatDay(date, 'en-GB');
}

/** One line, without characters that no text has. */
function line(text: string): string {
	// oxlint-disable-next-line eslint/no-control-regex
	return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ').trim();
}

function escape(text: string): string {
	return line(text)
		.replaceAll(/[\\`*_[\]<>|~#&]/g, String.raw`\$&`)
		.replace(/^([-+]|\d+[.)])/, String.raw`\$1`);
}

/** In quotes always, so that no separator of any country can open a second cell. */
function cell(text: string): string {
	const plain = line(text);
	// Spreadsheets skip blanks before the sign, and read the full-width signs as signs.
	const isFormula = /^[\s'"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(plain);
	return `"${isFormula ? "'" : ''}${plain.replaceAll('"', '""')}"`;
}
