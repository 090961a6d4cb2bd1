import { mostTurns, tickOf } from './run.ts';
import type { Run, Tick } from './run.ts';

/** A run as JSON has it: for each point its turns, then the digests of its words. */
export function pack(ticks: Run): Record<string, number[]> {
	return Object.fromEntries([...ticks].map(([id, { turns, words }]) => [id, [turns, ...words]]));
}

/** Reads what `pack` made, whoever wrote it; undefined where it is anything else. */
export function unpack(value: unknown): Run | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
	const ticks = new Map<string, Tick>();
	for (const [id, numbers] of Object.entries(value)) {
		if (!Array.isArray(numbers) || numbers.length > mostWords) return undefined;
		const [turns, ...words] = numbers;
		if (!isWhole(turns, mostTurns)) return undefined;
		if (!words.every((word) => isWhole(word, 0xffffffff))) return undefined;
		ticks.set(id, tickOf(turns, words));
	}
	return ticks.size <= mostPoints ? ticks : undefined;
}

/** A parsed object's fields, each of its own asking; none where a text is no JSON object. */
export function fieldsOf(text: string): Record<string, unknown> {
	try {
		// Each field is asked for its value by the caller; other values have none.
		return Object(JSON.parse(text)) as Record<string, unknown>;
	} catch {
		return {};
	}
}

/** True for a whole number from 0 to a greatest one. */
export function isWhole(value: unknown, most: number): value is number {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
}

/** More than any list of any edition ever had: what comes with more was not written here. */
const mostPoints = 1000;
const mostWords = 100;
