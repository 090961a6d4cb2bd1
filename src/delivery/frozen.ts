/**
 * A frozen issue: the bytes that were looked at and approved, kept in a folder, so that whoever sends
 * them renders nothing. `payload.json` is everything that reaches the provider; `plan.json` says
 * when, to whom, and what the checks found.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson, shortHash } from './canonical.ts';
import { payloadHash } from './message.ts';
import type { Message, Payload } from './message.ts';
import { lintMessage } from './preflight.ts';
import { receiptParts } from './receipt.ts';
import type { Problem } from '#/problem.ts';
import { Stop } from './stop.ts';

/** The two files of a frozen issue, by name. The payload is canonical: its bytes are what is hashed. */
export function frozenFiles(payload: Payload, plan: FrozenPlan): Record<string, string> {
	return {
		'payload.json': canonicalJson(payload),
		'plan.json': `${JSON.stringify(planSchema.parse(plan), null, '\t')}\n`,
	};
}

/**
 * Reads a frozen issue back, and proves that its bytes are the ones that were frozen.
 * @param folder - absolute path of the folder of one issue
 * @throws Stop where a file is missing, changed since, or about another issue
 */
export async function readFrozen(folder: string, issue: string): Promise<Frozen> {
	const payload = read(payloadSchema, await load(folder, 'payload.json'), 'payload.json', folder);
	const plan = read(planSchema, await load(folder, 'plan.json'), 'plan.json', folder);
	if (plan.issue !== issue) {
		throw broken(folder, `is issue ${plan.issue}, not ${issue}`);
	}
	const hash = payloadHash(payload);
	if (hash !== plan.payloadHash) {
		throw broken(
			folder,
			`was changed after it was frozen: payload.json is ${shortHash(hash)}, plan.json says ${shortHash(plan.payloadHash)}`,
		);
	}
	const message: Message = {
		issue: plan.issue,
		site: plan.site,
		subject: payload.subject,
		preheader: payload.previewText,
		from: payload.from,
		replyTo: payload.replyTo,
		html: payload.html,
		text: payload.text,
		bytes: { html: Buffer.byteLength(payload.html), text: Buffer.byteLength(payload.text) },
		contentHash: plan.contentHash,
	};
	// Looked at again: what was found then is a file that could have been edited.
	const lint = lintMessage(message, plan.postalAddress, plan.file);
	return { payload, plan, message, problems: [...plan.problems, ...lint] };
}

async function load(folder: string, name: string): Promise<string> {
	try {
		return await readFile(join(folder, name), 'utf8');
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new Stop(
			'frozen',
			`${folder} holds no frozen issue: ${reason}`,
			'Make one with "npm run newsletter -- plan <NNN> --out DIR". Nothing was sent.',
			{ cause },
		);
	}
}

function read<T>(schema: z.ZodType<T>, text: string, name: string, folder: string): T {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		throw broken(folder, `has a ${name} that is not JSON`);
	}
	const parsed = schema.safeParse(json);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	throw broken(
		folder,
		`has a ${name} that is not valid: ${issue?.path.join('.')} ${issue?.message}`,
	);
}

function broken(folder: string, what: string): Stop {
	return new Stop(
		'frozen',
		`${folder} ${what}.`,
		'Freeze the issue again, and have it approved again. Nothing was sent.',
	);
}

const payloadSchema = z.strictObject({
	from: z.string(),
	html: z.string(),
	previewText: z.string(),
	replyTo: z.array(z.string()),
	segmentId: z.string(),
	subject: z.string(),
	text: z.string(),
	topicId: z.string(),
});

const planSchema = z.strictObject({
	v: z.literal(1),
	site: receiptParts.site,
	issue: receiptParts.issue,
	/** The issue's file in the content folder, and its name without an ending. */
	file: z.string(),
	stem: z.string().regex(/^\d{3,4}(c\d)?-[a-z0-9-]+$/),
	title: z.string(),
	payloadHash: receiptParts.hash,
	contentHash: receiptParts.hash,
	planned: receiptParts.planned,
	undoMinutes: z.int().min(10),
	/** Names, for people; the ids are in the payload. */
	audience: z.strictObject({ segment: z.string(), topic: z.string() }),
	postalAddress: z.string(),
	problems: z.array(
		z.object({
			file: z.string(),
			line: z.int().optional(),
			column: z.int().optional(),
			rule: z.string(),
			level: z.enum(['error', 'warn', 'report']),
			field: z.string().optional(),
			message: z.string(),
			fix: z.string(),
		}),
	),
});

/** What is known of a frozen issue beside its payload. */
export type FrozenPlan = z.input<typeof planSchema>;

export interface Frozen {
	payload: Payload;
	plan: z.output<typeof planSchema>;
	message: Message;
	/** Found when it was frozen, and found again now. */
	problems: Problem[];
}
