import { styleText } from 'node:util';
import type { Finding } from '#/delivery/doctor/finding.ts';
import type { Print } from './command.ts';

/**
 * Prints what a doctor found, one finding a line, each fix below its fault.
 * @param width - columns of what the findings are about
 * @returns how many there are of a level
 */
export function printFindings(
	findings: readonly Finding[],
	{ width, isJson }: { width: number; isJson: boolean },
	print: Print,
): (level: Finding['level']) => number {
	if (isJson) print.result(JSON.stringify(findings, null, '\t'));
	else for (const finding of findings) print.result(lineOf(finding, width));
	return (level) => findings.filter((finding) => finding.level === level).length;
}

function lineOf({ level, about, text, fix }: Finding, width: number): string {
	const mark = styleText(colours[level], level.padEnd(8), { stream: process.stdout });
	const line = `${mark}${about.padEnd(width)}${text}`;
	return fix === undefined ? line : `${line}\n${''.padEnd(8 + width)}${fix}`;
}

const colours = {
	ok: 'green',
	warn: 'yellow',
	bad: 'red',
	unknown: 'gray',
	open: 'yellow',
} as const satisfies Record<Finding['level'], string>;
