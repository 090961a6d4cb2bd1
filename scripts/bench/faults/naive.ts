/**
 * Three senders as they are often written, and ours without its receipts. Each is careful in its way,
 * and each mails somebody twice under faults; a harness that finds nothing wrong with them proves
 * nothing about any other.
 */
// These are what one writes straight on the SDK; nothing else in scripts touches it.
// oxlint-disable-next-line no-restricted-imports
import { Resend } from 'resend';
import type { End, Machine, Sender } from './machine.ts';
import { memoryLedger } from './memory-ledger.ts';
import { messageOf, names, stem, tandem } from './sender.ts';

/** Creates and sends in one call, tries again where that fails, and notes down that it is done. */
const createAndSend: Sender = {
	name: 'naive-1',
	hasReconcile: false,
	async run(machine) {
		const shop = openShop(machine);
		if (machine.notes.has('sent')) return done;
		const ids = await shop.audience();
		const end = ids ? await shop.createAndSend(ids) : failed;
		if (end.kind === 'done') machine.notes.add('sent');
		return end;
	},
};

/** Looks whether a broadcast of that name is there before it creates and sends one. */
const listFirst: Sender = {
	name: 'naive-2',
	hasReconcile: false,
	async run(machine) {
		const shop = openShop(machine);
		const ids = await shop.audience();
		const known = await shop.ours();
		if (!ids || !known) return failed;
		return known.some(({ status }) => status !== 'draft') ? done : shop.createAndSend(ids);
	},
};

/** Makes a draft, waits, and sends the one with the lowest id. */
const lowestDraft: Sender = {
	name: 'naive-3',
	hasReconcile: false,
	async run(machine) {
		const shop = openShop(machine);
		const ids = await shop.audience();
		let known = await shop.ours();
		if (!ids || !known) return failed;
		if (known.length === 0) {
			const made = await shop.tries(() => shop.resend.broadcasts.create(shop.fields(ids)));
			if (!made) return failed;
			await machine.pause(10_000);
			known = (await shop.ours()) ?? [];
			if (known.length === 0) known = [{ id: made.id, status: 'draft' }];
		}
		const [lowest] = known.toSorted((a, b) => (a.id < b.id ? -1 : 1));
		if (!lowest) return failed;
		if (lowest.status !== 'draft') return done;
		return (await shop.tries(() => shop.resend.broadcasts.send(lowest.id))) ? done : failed;
	},
};

/** The real protocol, whose receipts end with the process that wrote them. */
const withoutReceipts: Sender = {
	name: 'no-receipts',
	hasReconcile: true,
	run(machine) {
		const own = memoryLedger(stem, new Map());
		return tandem.run({ ...machine, ledger: { ...own, list: machine.ledger.list } });
	},
};

export const naiveSenders: readonly Sender[] = [
	createAndSend,
	listFirst,
	lowestDraft,
	withoutReceipts,
];

function openShop(machine: Machine) {
	const resend = new Resend(machine.key, { baseUrl: machine.url });
	const { subject, html, text, from } = messageOf(machine.text);
	const fields = ({ segmentId, topicId }: Ids) => ({
		name: 'issue 017',
		from,
		subject,
		html,
		text,
		segmentId,
		topicId,
	});

	/** Three tries, a second apart: whatever is not an answer is an error. */
	async function tries<T>(call: () => Promise<Answer<T>>): Promise<T | undefined> {
		for (let again = 0; again < 3; again++) {
			const { data } = await call();
			if (data) return data;
			await machine.wait(1000);
		}
		return undefined;
	}

	return {
		resend,
		tries,
		fields,
		async audience(): Promise<Ids | undefined> {
			const segments = await tries(() => resend.segments.list());
			const topics = await tries(() => resend.topics.list());
			const segment = segments?.data.find(({ name }) => name === names.segment);
			const topic = topics?.data.find(({ name }) => name === names.topic);
			return segment && topic && { segmentId: segment.id, topicId: topic.id };
		},
		async ours(): Promise<{ id: string; status: string }[] | undefined> {
			const list = await tries(() => resend.broadcasts.list());
			return list?.data.filter(({ name }) => name === 'issue 017');
		},
		async createAndSend(ids: Ids): Promise<End> {
			const sent = await tries(() => resend.broadcasts.create({ ...fields(ids), send: true }));
			return sent ? done : failed;
		},
	};
}

const done: End = { kind: 'done' };
const failed: End = { kind: 'stopped', code: 'failed', reason: 'temporary' };

interface Ids {
	segmentId: string;
	topicId: string;
}

interface Answer<T> {
	data: T | null;
	error: unknown;
}
