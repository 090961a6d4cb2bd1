import { onTestFinished } from 'vitest';
import { linkIn, openDesk } from '../scripts/bench/orders/desk.ts';
import type { Desk } from '../scripts/bench/orders/desk.ts';
import { choicesOf } from '#/endpoints/choices.ts';
import type { Contact } from '#/sandbox/state.ts';
import { settingsSchema } from '#/settings.ts';

export { linkIn, publicUrl, testKeys } from '../scripts/bench/orders/desk.ts';

/** The limits of a firm that chose nothing. */
export const { limits: usual } = choicesOf({
	subscriptions: settingsSchema.shape.subscriptions.parse({}),
});

/** The endpoints over the sandbox, closed when the test ends. */
export async function aDesk(options: Parameters<typeof openDesk>[0] = {}): Promise<Desk> {
	const desk = await openDesk(options);
	onTestFinished(() => desk.close());
	return desk;
}

/** Signs up and returns the token of the confirm mail. */
export async function askedFor(address: string, desk: Desk): Promise<string> {
	await desk.signUp(address);
	const mail = mailsTo(address, desk).findLast(({ subject }) => subject.startsWith('Confirm'));
	const link = linkIn(mail?.text ?? '', 'confirm');
	if (!link) throw new Error(`No confirm mail reached ${address}.`);
	return link.token;
}

/** Signs up, presses the button, and returns the token of the welcome mail's way out. */
export async function joined(address: string, desk: Desk): Promise<string> {
	const answer = await desk.post('/confirm', { t: await askedFor(address, desk) });
	if (!(await answer.text()).includes('You are in')) throw new Error('Joining failed.');
	const mail = mailsTo(address, desk).findLast(({ subject }) => subject.startsWith('Welcome'));
	const link = linkIn(mail?.text ?? '', 'unsubscribe');
	if (!link) throw new Error(`No welcome mail reached ${address}.`);
	return link.token;
}

export function mailsTo(address: string, desk: Desk) {
	return desk.sandbox
		.mails()
		.filter(({ to }) => to.toLowerCase() === address.toLowerCase())
		.map(({ email }) => email);
}

export function contactOf(address: string, desk: Desk): Contact | undefined {
	return desk.sandbox.state.contacts.values().find(({ email }) => email === address);
}

/** Whether the next letter would reach an address, as the provider decides it. */
export function isMailed(address: string, desk: Desk): boolean {
	const contact = contactOf(address, desk);
	return (
		contact !== undefined &&
		!contact.unsubscribed &&
		contact.segments.has(desk.segmentId) &&
		contact.topics.get(desk.topicId) === 'opt_in' &&
		!desk.sandbox.state.suppressions.has(address.toLowerCase())
	);
}

/** The heading of a page. */
export async function headingOf(answer: Response): Promise<string> {
	return /<h1>(?<title>[^<]*)<\/h1>/.exec(await answer.text())?.groups?.['title'] ?? 'no heading';
}
