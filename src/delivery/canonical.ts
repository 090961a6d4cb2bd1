import { createHash } from 'node:crypto';

/**
 * The one written form of a value, so that equal values have equal hashes on every machine: keys
 * sorted by code unit, no spaces, line ends as LF, an absent field written as `null`.
 * @throws TypeError for a value JSON cannot hold exactly: a number that is not finite, a function,
 * a symbol, a bigint, or a string with a lone surrogate (UTF-8 would not keep it)
 */
export function canonicalJson(value: unknown): string {
	if (value === undefined || value === null) return 'null';
	if (typeof value === 'boolean') return String(value);
	if (typeof value === 'number') return numberText(value);
	if (typeof value === 'string') return stringText(value);
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (typeof value === 'object') {
		const fields = Object.entries(value)
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, field]) => `${stringText(key)}:${canonicalJson(field)}`);
		return `{${fields.join(',')}}`;
	}
	throw new TypeError(`A ${typeof value} has no canonical form.`);
}

/** SHA-256 of a value's canonical JSON in UTF-8, as 64 lower-case hex digits. */
export function canonicalHash(value: unknown): string {
	return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');
}

/** The first 12 hex digits of a hash: enough for a person to compare, and for a broadcast's name. */
export function shortHash(hash: string): string {
	return hash.slice(0, 12);
}

function numberText(value: number): string {
	if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form.`);
	return JSON.stringify(value);
}

function stringText(value: string): string {
	if (!value.isWellFormed()) throw new TypeError('A lone surrogate has no canonical form.');
	return JSON.stringify(value.replace(/\r\n?/g, '\n'));
}
