/**
 * A test mail: an issue as one of its readers would get it, to a few people of the firm. It goes
 * out as a plain mail, for which the provider fills in nothing, so the placeholders are filled here.
 */
import { createHash } from 'node:crypto';
import { canonicalHash, shortHash } from './canonical.ts';
import type { Message } from './message.ts';
import type { PlainMail, Provider } from './provider.ts';
import { refusal, Stop } from './stop.ts';

/**
 * Who a test may go to, each once.
 * @param asked - as typed, separated by commas
 * @throws Stop naming every address that the settings do not list, or where there are none or too many
 */
export function testRecipients(asked: string, allowed: readonly string[]): string[] {
	const typed = asked.split(',').map((address) => address.trim().toLowerCase());
	const to = [...new Set(typed)].filter((address) => address !== '');
	if (to.length === 0) {
		throw new Stop('test-recipients', 'To whom?', 'Name them: --to ada@example.com,bo@example.com');
	}
	const listed = new Set(allowed.map((address) => address.toLowerCase()));
	const strangers = to.filter((address) => !listed.has(address));
	if (strangers.length > 0) {
		throw new Stop(
			'test-stranger',
			`Not listed for test mails: ${strangers.join(', ')}.`,
			`delivery.testRecipients in settings.yaml lists ${allowed.length === 0 ? 'nobody' : allowed.join(', ')}. Nothing was sent.`,
		);
	}
	if (to.length > most) {
		throw new Stop(
			'test-recipients',
			`${to.length} addresses; a test goes to at most ${most}.`,
			'Take some out.',
		);
	}
	return to;
}

/**
 * The mail to one person: marked in its subject, every placeholder filled.
 * @param harmless - where "unsubscribe" leads: a public page that changes nothing
 * @throws Stop where a placeholder is left that only the provider could fill
 */
export function testMail(message: Message, to: string, harmless: string): PlainMail {
	const mail = {
		from: message.from,
		to,
		subject: `[TEST] ${message.subject}`,
		html: fillIn(message.html, to, harmless),
		text: fillIn(message.text, to, harmless),
		replyTo: [...message.replyTo],
	};
	const left = /\{\{\{[^}]*\}*/.exec(`${mail.subject}${mail.html}${mail.text}`);
	if (left) {
		throw new Stop(
			'test-placeholder',
			`The mail holds ${left[0]}, which nothing fills in.`,
			`Run "npm run newsletter -- check ${message.issue}".`,
		);
	}
	return mail;
}

/** A part of a message as a reader sees it: contact fields by sample values, no address of anybody. */
export function fillIn(part: string, to: string, harmless: string): string {
	const sample: Record<string, string> = { email: to, first_name: 'Sam', last_name: 'Sample' };
	return part
		.replaceAll('{{{RESEND_UNSUBSCRIBE_URL}}}', harmless)
		.replace(
			/\{\{\{contact\.(\w+)(?:\|([^{}|]*))?\}\}\}/g,
			(_whole, field: string, fallback: string | undefined) => sample[field] ?? fallback ?? '',
		);
}

/**
 * The name under which the provider takes this mail once: the same mail to the same person in the
 * same minute is one mail, however often a command is run. The address is in it as a hash only.
 */
export function testKey(issue: string, mail: PlainMail, now: Date): string {
	const { to, ...rest } = mail;
	const minute = now.toISOString().replace(/\D/g, '').slice(0, 12);
	const person = createHash('sha256').update(to).digest('hex');
	return `test/${issue}/${shortHash(canonicalHash(rest))}/${person}/${minute}`;
}

/**
 * Sends a test mail.
 * @returns the provider's id of it
 * @throws Stop where it was refused, or where it may or may not have gone out
 */
export async function sendTest(mail: PlainMail, key: string, provider: Provider): Promise<string> {
	const outcome = await provider.sendEmail(mail, key);
	switch (outcome.kind) {
		case 'ok':
			return outcome.value.id;
		case 'unknown':
			throw new Stop(
				'test-unclear',
				`The test mail to ${mail.to} may or may not have gone out: ${outcome.message}`,
				'Run the same command within the minute: what is out is not sent again. Later there may be two.',
			);
		case 'refused':
			if (outcome.name === 'invalid_idempotent_request') throw twoMails(mail, key);
			throw refusal(outcome, `send the test mail to ${mail.to}`);
	}
}

/** The key holds a hash of the mail, so this is a fault of a program, not of a person. */
function twoMails(mail: PlainMail, key: string): Stop {
	const [, issue, hash, , minute] = key.split('/');
	return new Stop(
		'test-key',
		[
			`The provider has another mail under the name of this one, and keeps that.`,
			`  asked for  issue ${issue}, content ${hash}, to ${mail.to}, at ${minute} UTC: "${mail.subject}"`,
			`  it holds   something else under ${key}`,
		].join('\n'),
		'Another version of the program used the same name. Wait a minute, then run the command again.',
	);
}

const most = 5;
