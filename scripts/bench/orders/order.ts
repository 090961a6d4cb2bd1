/**
 * One life on the list, in random order: asking, pressing links old and new, leaving by our page, by
 * a mailbox, by the provider's page, complaining, bouncing, being erased and imported again, with the
 * provider's reports late, lost, doubled or out of order. After every step two things are held
 * against what the person did: who left gets no mail, and who said yes is not lost.
 */
import { suppress } from '#/sandbox/suppressions.ts';
import type { Contact } from '#/sandbox/state.ts';
import { chooseOnPage, leaveEverything } from '#/sandbox/unsubscribe.ts';
import type { Random } from '../random.ts';
import type { Desk } from './desk.ts';
import { linkIn } from './desk.ts';

/**
 * Lives one life.
 * @param address - of nobody else on the desk
 * @returns what went wrong, with the steps that led there; undefined where nothing did
 */
export async function live(
	address: string,
	random: Random,
	desk: Desk,
): Promise<Wrong | undefined> {
	const life: Life = {
		address,
		links: [],
		unsubs: [],
		undos: [],
		order: 0,
		lastLeft: undefined,
		saidYes: undefined,
		isPromised: false,
	};
	const steps: string[] = [];
	// At any time of the day: windows end at midnight.
	await desk.pass(untilMidnight(desk) + Math.floor(random.next() * 86_400_000));
	const count = 4 + Math.floor(random.next() * 12);
	for (let step = 0; step < count; step += 1) {
		const name = random.one(acts);
		steps.push(name);
		life.order += 1;
		const said = await perform[name](life, random, desk);
		if (said !== undefined) steps.push(`  ${said}`);
		const wrong = check(life, desk);
		if (wrong !== undefined) return { wrong, steps };
	}
	// The last reports arrive in the end.
	await desk.sandbox.idle();
	const wrong = check(life, desk);
	return wrong === undefined ? undefined : { wrong, steps: [...steps, 'reports'] };
}

function check(life: Life, desk: Desk): string | undefined {
	const isMailed = reached(life.address, desk);
	const { lastLeft, saidYes } = life;
	const isOut = lastLeft !== undefined && (saidYes === undefined || saidYes < lastLeft);
	if (isMailed && isOut) return 'Somebody who left is mailed.';
	if (isMailed && saidYes === undefined) return 'Somebody who never said yes is mailed.';
	if (!isMailed && life.isPromised) return 'Somebody who was told that they are in is lost.';
	return undefined;
}

const perform = {
	async ask(life, _random, desk) {
		const { length } = desk.sandbox.mails();
		await desk.signUp(life.address);
		const mail = desk.sandbox
			.mails()
			.slice(length)
			.find(({ to }) => to === life.address);
		const link = linkIn(mail?.email.text ?? '', 'confirm');
		if (link) life.links.push({ token: link.token, asked: life.order });
		else for (const known of life.links.slice(-1)) known.asked = life.order;
		return link ? 'a mail came' : 'no mail';
	},
	async press(life, random, desk) {
		if (life.links.length === 0) return undefined;
		const link = random.one(life.links);
		const { length } = desk.sandbox.mails();
		const page = await (await desk.post('/confirm', { t: link.token })).text();
		const title = /<h1>([^<]*)/.exec(page)?.[1];
		const welcome = desk.sandbox
			.mails()
			.slice(length)
			.find(({ to }) => to === life.address);
		const unsub = linkIn(welcome?.email.text ?? '', 'unsubscribe');
		if (unsub) life.unsubs.push(unsub.token);
		if (title === 'You are in') {
			// A link counts as a yes only where it was asked for after the last leaving.
			if (link.asked > (life.lastLeft ?? 0)) life.saidYes = life.order;
			life.isPromised = true;
		}
		return title;
	},
	async scan(life, random, desk) {
		for (const { token } of life.links)
			await desk.ask(`/confirm?t=${token}`, { method: random.one(['GET', 'HEAD']) });
		for (const token of life.unsubs) await desk.ask(`/unsubscribe?t=${token}`);
		return undefined;
	},
	async leave(life, random, desk) {
		if (life.unsubs.length === 0) return undefined;
		const field = random.one(['leave', 'List-Unsubscribe']);
		const fields = { [field]: field === 'leave' ? '1' : 'One-Click' };
		const answer = await desk.post(`/unsubscribe?t=${random.one(life.unsubs)}`, fields);
		if (answer.status !== 200) return `${answer.status}`;
		left(life);
		const undo = /name="t" value="([^"]+)"/.exec(await answer.text())?.[1];
		if (undo !== undefined) life.undos.push(undo);
		return field;
	},
	async undo(life, random, desk) {
		if (life.undos.length === 0) return undefined;
		const answer = await desk.post('/preferences', { t: random.one(life.undos), return: '1' });
		const title = /<h1>([^<]*)/.exec(await answer.text())?.[1];
		if (title === 'You are back') {
			life.saidYes = life.order;
			life.isPromised = true;
		}
		return title;
	},
	async leaveAtProvider(life, random, desk) {
		const contact = contactOf(life.address, desk);
		if (!contact) return undefined;
		// Whoever is out already leaves nothing: to the provider's page that is a second switch.
		const wasIn = !contact.unsubscribed && contact.topics.get(desk.topicId) === 'opt_in';
		const token = `provider-${contact.id}`;
		desk.sandbox.state.links.set(token, { contactId: contact.id, broadcastId: '' });
		const isAll = random.next() < 0.5;
		if (isAll) leaveEverything(token, desk.sandbox.world);
		else chooseOnPage(token, [{ id: desk.topicId, subscription: 'opt_out' }], desk.sandbox.world);
		if (wasIn) left(life);
		return isAll ? 'everything' : 'the letter';
	},
	async complain(life, _random, desk) {
		suppress(life.address, 'complaint', null, desk.sandbox.world);
		left(life);
		return undefined;
	},
	async bounce(life, _random, desk) {
		suppress(life.address, 'bounce', null, desk.sandbox.world);
		left(life);
		return undefined;
	},
	/** As `contacts erase` does: kept out first, then removed. */
	async erase(life, _random, desk) {
		suppress(life.address, 'manual', null, desk.sandbox.world);
		const contact = contactOf(life.address, desk);
		if (contact) desk.sandbox.state.contacts.delete(contact.id);
		left(life);
		return undefined;
	},
	/** As `contacts import` does: it never touches what somebody chose. */
	async importOld(life, _random, desk) {
		const { contacts } = desk.ports;
		const suppressed = await contacts.isSuppressed(life.address);
		if (suppressed.kind !== 'ok' || suppressed.value) return 'skipped';
		const found = await contacts.find(life.address);
		if (found.kind !== 'ok') return 'skipped';
		if (found.value) {
			await contacts.joinSegment(found.value.id, desk.segmentId);
			return 'segment only';
		}
		const made = await contacts.create(life.address, desk.segmentId);
		if (made.kind !== 'ok') return 'skipped';
		await contacts.choose(made.value.id, new Map([[desk.topicId, 'opt_in']]));
		const person = await contacts.get(made.value.id);
		if (person.kind !== 'ok' || !person.value) return 'skipped';
		const consent = {
			at: Math.floor(desk.ports.now().getTime() / 1000) - 86_400,
			window: 0,
			source: 'import',
		};
		await contacts.save({ ...person.value, consent });
		life.saidYes = life.order;
		life.isPromised = true;
		return 'made';
	},
	async reports(_life, _random, desk) {
		await desk.sandbox.idle();
		return undefined;
	},
	async reportsLost(_life, _random, desk) {
		for (const notice of desk.sandbox.state.notices) notice.nextMs = null;
		return undefined;
	},
	async minute(_life, _random, desk) {
		await desk.pass(60_000);
		return undefined;
	},
	async tenMinutes(_life, _random, desk) {
		await desk.pass(600_000);
		return undefined;
	},
	async hours(_life, _random, desk) {
		await desk.pass(9 * 3_600_000);
		return undefined;
	},
	async day(_life, _random, desk) {
		await desk.pass(86_400_000);
		return undefined;
	},
} satisfies Record<string, Act>;

// Written out, so that what people do most is drawn most.
const acts: readonly (keyof typeof perform)[] = [
	'ask',
	'ask',
	'ask',
	'press',
	'press',
	'press',
	'press',
	'scan',
	'leave',
	'leave',
	'undo',
	'leaveAtProvider',
	'leaveAtProvider',
	'complain',
	'bounce',
	'erase',
	'importOld',
	'reports',
	'reports',
	'reportsLost',
	'minute',
	'tenMinutes',
	'hours',
	'day',
	'day',
];

function untilMidnight(desk: Desk): number {
	return 86_400_000 - (desk.ports.now().getTime() % 86_400_000);
}

function left(life: Life): void {
	life.lastLeft = life.order;
	life.isPromised = false;
}

function contactOf(address: string, desk: Desk): Contact | undefined {
	return desk.sandbox.state.contacts.values().find(({ email }) => email === address);
}

/** Whether a broadcast would go to an address. */
function reached(address: string, desk: Desk): boolean {
	const contact = contactOf(address, desk);
	return (
		contact !== undefined &&
		!contact.unsubscribed &&
		contact.segments.has(desk.segmentId) &&
		contact.topics.get(desk.topicId) === 'opt_in' &&
		!desk.sandbox.state.suppressions.has(address)
	);
}

type Act = (life: Life, random: Random, desk: Desk) => Promise<string | undefined>;

interface Life {
	address: string;
	/** With the step at which each was last asked for. */
	links: { token: string; asked: number }[];
	unsubs: string[];
	undos: string[];
	/** Number of the present step. */
	order: number;
	/** The step at which they last left. */
	lastLeft: number | undefined;
	/** The step at which they last said yes in a way that counts. */
	saidYes: number | undefined;
	/** True once a page told them that they are in, until they leave. */
	isPromised: boolean;
}

export interface Wrong {
	wrong: string;
	steps: string[];
}
