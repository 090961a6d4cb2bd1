import { Agent, request } from 'node:http';

/**
 * A small client that keeps its connections. It is ours because it looks at every answer: a load
 * tool would count what came back, not whether it was right.
 * @param url - origin of the server
 */
export function openClient(url: string, connections: number): Client {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const { hostname, port } = new URL(url);
	return {
		ask(path, { method = 'GET', headers = {}, body = '' } = {}) {
			const started = performance.now();
			return new Promise((resolve, reject) => {
				const sent = request(
					{
						agent,
						hostname,
						port,
						path,
						method,
						headers: { 'content-length': Buffer.byteLength(body), ...headers },
					},
					(answer) => {
						const chunks: Buffer[] = [];
						answer.on('data', (chunk: Buffer) => chunks.push(chunk));
						answer.once('error', reject);
						answer.once('end', () =>
							resolve({
								status: answer.statusCode ?? 0,
								headers: answer.rawHeaders,
								text: Buffer.concat(chunks).toString('utf8'),
								ms: performance.now() - started,
							}),
						);
					},
				);
				sent.once('error', reject);
				sent.end(body);
			});
		},
		close: () => agent.destroy(),
	};
}

/** Does a work with each item, so many at once. */
export async function together<T>(
	items: Iterable<T>,
	atOnce: number,
	work: (item: T) => Promise<void>,
): Promise<void> {
	const queue = items[Symbol.iterator]();
	async function worker(): Promise<void> {
		for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value);
	}
	await Promise.all(Array.from({ length: atOnce }, worker));
}

/** A form as a browser sends it from our own page. */
export function formOf(fields: Record<string, string>, from: string): Asked {
	return {
		method: 'POST',
		body: String(new URLSearchParams(fields)),
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			'sec-fetch-site': 'same-origin',
			'x-forwarded-for': from,
		},
	};
}

/** The value below which a part of all lies. */
export function quantile(values: readonly number[], part: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** How often each thing came, most often first: `200: 41, 429: 3`. */
export function tally(things: readonly (string | number)[]): string {
	const counts = new Map<string | number, number>();
	for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
	return [...counts]
		.toSorted(([, a], [, b]) => b - a)
		.map(([thing, count]) => `${thing}: ${count}`)
		.join(', ');
}

export interface Client {
	ask(path: string, asked?: Asked): Promise<Answer>;
	close(): void;
}

export interface Asked {
	method?: string;
	headers?: Record<string, string>;
	body?: string;
}

interface Answer {
	status: number;
	/** As they came: name, value, name, value. */
	headers: string[];
	text: string;
	ms: number;
}
