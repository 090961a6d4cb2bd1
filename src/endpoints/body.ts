/**
 * Reads what was posted as fields, at most 16 KiB of it. A body that is longer is not read to its
 * end: what came is dropped at once.
 */
export async function readFields(request: Request, isJsonTaken = false): Promise<Fields | Unread> {
	const type = (request.headers.get('content-type') ?? formType)
		.split(';')[0]
		?.trim()
		.toLowerCase();
	const isForm = type === formType || type === 'multipart/form-data';
	if (!isForm && !(isJsonTaken && type === 'application/json')) return { kind: 'type' };
	const bytes = await readBytes(request);
	if (bytes === undefined) return { kind: 'size' };
	try {
		if (type === 'application/json') return jsonFields(bytes);
		if (type === formType) {
			const text = new TextDecoder().decode(bytes);
			return { kind: 'fields', isJson: false, values: grouped(new URLSearchParams(text)) };
		}
		const headers = { 'content-type': request.headers.get('content-type') ?? '' };
		const form = await new Response(bytes, { headers }).formData();
		return { kind: 'fields', isJson: false, values: grouped(form) };
	} catch {
		return { kind: 'broken' };
	}
}

/** The bytes of a body; undefined where there are more than 16 KiB. */
export async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
	if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return undefined;
	if (!request.body) return new Uint8Array();
	const reader = request.body.getReader();
	const whole = new Uint8Array(mostBytes);
	let size = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return whole.slice(0, size);
		if (size + value.length > mostBytes) {
			// Not cancelled: on Node that would cut the connection before the answer is out.
			reader.releaseLock();
			return undefined;
		}
		whole.set(value, size);
		size += value.length;
	}
}

function jsonFields(bytes: Uint8Array): Fields | Unread {
	const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	if (value === null || typeof value !== 'object' || Array.isArray(value))
		return { kind: 'broken' };
	const values = new Map<string, string[]>();
	for (const [name, given] of Object.entries(value)) {
		const items: unknown[] = Array.isArray(given) ? given : [given];
		const texts = items.filter((item) => typeof item === 'string');
		if (texts.length < items.length) return { kind: 'broken' };
		values.set(name, texts);
	}
	return { kind: 'fields', isJson: true, values };
}

/** A file is no field: it is left out. */
function grouped(pairs: Iterable<[string, FormDataEntryValue]>): Map<string, string[]> {
	const values = new Map<string, string[]>();
	for (const [name, value] of pairs) {
		if (typeof value !== 'string') continue;
		values.set(name, [...(values.get(name) ?? []), value]);
	}
	return values;
}

const formType = 'application/x-www-form-urlencoded';
const mostBytes = 16_384;

export interface Fields {
	kind: 'fields';
	isJson: boolean;
	values: Map<string, string[]>;
}

/** Why a body was not read. */
export interface Unread {
	kind: 'type' | 'size' | 'broken';
}
