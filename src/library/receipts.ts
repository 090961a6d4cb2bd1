import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Day } from '#/day.ts';

/**
 * What the receipts in a folder say about issues: which went out, or will, and when. Only that is
 * read here; the whole receipt is `delivery`'s. An unreadable one is reported, never ignored.
 * @param folder - absolute path; a missing folder holds no receipts
 */
export function readReceipts(folder: string): ReceiptReading {
	const reading: ReceiptReading = { receipts: new Map(), unreadable: [] };
	let names: string[];
	try {
		names = readdirSync(folder).filter((name) => name.endsWith('.json'));
	} catch {
		return reading;
	}
	for (const name of names.toSorted()) {
		const match = /^(?<slug>\d{3,4}(?:c\d)?-.+)\.receipt(?:\.(?<attempt>\d+))?\.json$/.exec(name);
		if (!match) {
			if (/\.receipt\b/.test(name)) reading.unreadable.push(name);
			continue;
		}
		const parsed = receiptFactsSchema.safeParse(readJson(join(folder, name)));
		if (!parsed.success) {
			reading.unreadable.push(name);
			continue;
		}
		const before = reading.receipts.get(parsed.data.issue);
		if (before && before.attempt > parsed.data.attempt) continue;
		reading.receipts.set(parsed.data.issue, {
			issue: parsed.data.issue,
			attempt: parsed.data.attempt,
			file: name,
			contentHash: parsed.data.contentHash,
			broadcast: parsed.data.broadcast,
			plannedUtc: parsed.data.planned.utc,
			upTo: parsed.data.audience.upTo,
		});
	}
	return reading;
}

/** Where an issue stands: derived, never typed. */
export function issueState(
	issue: { status: 'draft' | 'ready'; sendOn: Day },
	receipt: ReceiptFacts | undefined,
	clock: { today: Day; now: Date },
): IssueState {
	if (receipt) return new Date(receipt.plannedUtc) <= clock.now ? 'sent' : 'scheduled';
	if (issue.status === 'draft') return 'draft';
	return issue.sendOn < clock.today ? 'late' : 'planned';
}

function readJson(file: string): unknown {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

const receiptFactsSchema = z.object({
	issue: z.string().regex(/^\d{3,4}(c\d)?$/),
	attempt: z.int().min(1),
	broadcast: z.string().min(8),
	contentHash: z.string().regex(/^[0-9a-f]{64}$/),
	planned: z.object({ utc: z.iso.datetime() }),
	audience: z.object({ upTo: z.int().min(1) }),
});

export interface ReceiptFacts {
	/** `005` */
	issue: string;
	attempt: number;
	/** File name of the receipt. */
	file: string;
	/** SHA-256, hex, of the words a reader got. */
	contentHash: string;
	/** The provider's id of the broadcast. */
	broadcast: string;
	/** The instant the mail is sent at, ISO in UTC. */
	plannedUtc: string;
	/** Readers at most. */
	upTo: number;
}

export interface ReceiptReading {
	/** The newest attempt of each issue. */
	receipts: Map<string, ReceiptFacts>;
	/** File names that hold no valid receipt. */
	unreadable: string[];
}

/** `planned`: ready, not sent, day not past. `late`: ready, not sent, day past. */
export type IssueState = 'draft' | 'planned' | 'late' | 'scheduled' | 'sent';
