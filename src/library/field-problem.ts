import type { Problem } from '#/problem.ts';
import type { FileDocument } from './document.ts';
import { kinds } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { nearest } from './nearest.ts';

/** Says what one finding of a kind's schema means, where it stands, and how to put it right. */
export function fieldProblems(
	issue: FieldIssue,
	file: string,
	kind: Kind,
	document: FileDocument,
): Problem[] {
	const at = (
		path: readonly PropertyKey[],
	): Pick<Problem, 'file' | 'line' | 'column' | 'level' | 'field'> => ({
		file,
		...document.placeOf(path),
		level: 'error',
		field: path.map(String).join('.'),
	});
	if (issue.code === 'unrecognized_keys') {
		const shape: Record<string, unknown> = kinds[kind].schema.shape;
		return (issue.keys ?? []).map((key) => {
			const near = issue.path.length === 0 ? nearest(key, Object.keys(shape)) : undefined;
			return {
				...at([...issue.path, key]),
				rule: 'fields/unknown',
				message: `is not a field of ${kind === 'issue' ? 'an' : 'a'} ${kinds[kind].one.toLowerCase()}.`,
				fix: near ? `Did you mean ${near}?` : 'Take it out.',
			};
		});
	}
	const value = valueAt(document.data, issue.path);
	if (issue.code === 'invalid_union') {
		return branchOf(issue, value).flatMap((inner) =>
			fieldProblems({ ...inner, path: [...issue.path, ...inner.path] }, file, kind, document),
		);
	}
	if (value === undefined) {
		const name = String(issue.path.at(-1) ?? 'it');
		return [
			{ ...at(issue.path), rule: 'fields/missing', message: 'missing.', fix: `Add ${name}: …` },
		];
	}
	const { message, fix } = plainMessage(issue, value);
	return [{ ...at(issue.path), rule: 'fields/value', message: quoteFound(message, value), fix }];
}

/** What a union's branch for this value says: a text is judged as a text, fields as fields. */
function branchOf(issue: FieldIssue, value: unknown): readonly FieldIssue[] {
	const branches = issue.errors ?? [];
	const isFitting = (branch: readonly FieldIssue[]): boolean =>
		!branch.some(({ code, path }) => code === 'invalid_type' && path.length === 0);
	const fitting = branches.find(isFitting) ?? branches.at(typeof value === 'object' ? -1 : 0);
	return fitting ?? [{ ...issue, code: 'custom', path: [] }];
}

/** The message of a schema, or plain words where the schema left them to zod. */
function plainMessage(issue: FieldIssue, value: unknown): { message: string; fix: string } {
	if (!/^(?:Invalid|Too) /.test(issue.message)) return splitMessage(issue.message);
	switch (issue.code) {
		case 'invalid_type':
			return typeMessage(String(issue.expected));
		case 'too_small':
			return sizeMessage(value, Number(issue.minimum), 'least');
		case 'too_big':
			return sizeMessage(value, Number(issue.maximum), 'most');
		case 'invalid_format':
			return issue.format === 'email'
				? { message: 'It is not an e-mail address.', fix: 'Write it as name@example.com.' }
				: { message: 'It is not written as it must be.', fix: 'Correct the value.' };
		default:
			return splitMessage(issue.message);
	}
}

function typeMessage(expected: string): { message: string; fix: string } {
	switch (expected) {
		case 'string':
			return {
				message: 'It is not a text.',
				fix: 'Write one line of text, in quotes if it looks like a number.',
			};
		case 'int':
		case 'number':
			return { message: 'It is not a whole number.', fix: 'Write digits only, without quotes.' };
		case 'boolean':
			return { message: 'It is neither true nor false.', fix: 'Write true or false.' };
		case 'array':
			return { message: 'It is not a list.', fix: 'Write it as [one, two].' };
		default:
			return { message: 'It is not a group of fields.', fix: 'Write it as { name: value }.' };
	}
}

function sizeMessage(
	value: unknown,
	limit: number,
	side: 'least' | 'most',
): { message: string; fix: string } {
	if (typeof value === 'number') {
		return {
			message: `${value}, at ${side} ${limit}.`,
			fix: `Write ${limit} or ${side === 'most' ? 'less' : 'more'}.`,
		};
	}
	const isList = Array.isArray(value);
	const size = isList ? value.length : String(value).length;
	const one = size === 1;
	const unit = isList ? (one ? 'entry' : 'entries') : one ? 'character' : 'characters';
	return {
		message: `${size} ${unit}, at ${side} ${limit}.`,
		fix: side === 'most' ? `Cut ${size - limit}.` : `Add ${limit - size}.`,
	};
}

/** Custom messages of the schemas read `what was found. What to do.` The last sentence is the fix. */
function splitMessage(text: string): { message: string; fix: string } {
	const match = /^(?<message>[\s\S]*[.!?]"?) (?<fix>[A-Z][\s\S]*)$/.exec(text);
	return match?.groups
		? { message: match.groups['message'] ?? text, fix: match.groups['fix'] ?? '' }
		: { message: text.endsWith('.') ? text : `${text}.`, fix: 'Correct the value.' };
}

function quoteFound(message: string, value: unknown): string {
	// One finding is one line, whatever the value holds.
	const line = message.replace(/\s+/g, ' ');
	const isCounted = typeof value !== 'string' && /^\d/.test(message);
	if (isCounted || line.includes('"')) return line;
	const found = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\s+/g, ' ');
	return `${line} Found "${found.length > 70 ? `${found.slice(0, 69)}…` : found}".`;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
	let value = data;
	for (const key of path) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = Reflect.get(value, key);
	}
	return value;
}

export interface FieldIssue {
	code: string;
	path: readonly PropertyKey[];
	message: string;
	keys?: readonly string[];
	/** What each branch of a union says. */
	errors?: readonly (readonly FieldIssue[])[];
	expected?: unknown;
	minimum?: unknown;
	maximum?: unknown;
	format?: unknown;
}
