import { readRecord } from '#/delivery/contacts-care/record.ts';
import type { PersonRecord } from '#/delivery/contacts-care/record.ts';
import { formatInstant } from '#/delivery/schedule.ts';
import { readValue } from '#/delivery/stop.ts';
import { wordingOf } from '#/delivery/wording.ts';
import { addressOf } from './address.ts';
import { openPeopleDesk } from './desk.ts';
import type { PeopleDesk } from './desk.ts';
import type { Task } from './task.ts';

/** Shows who agreed to what, when and how, without showing the address. */
export const prove: Task = {
	form: 'proof [EMAIL]',
	options: [],
	async run({ word, environment }, print) {
		const address = await addressOf(word);
		const desk = await openPeopleDesk(environment, print);
		const { people, audience } = desk;
		const suppressed = await people.isSuppressed(address);
		const isSuppressed = readValue(suppressed, 'look into the suppression list');
		const person = readValue(await people.find(address), 'look for the person');
		const record = person && (await readRecord(person.id, audience.topicId, people));
		if (!record) {
			print.result('Nobody here has this address: nothing is held but what stands below.');
			print.result(suppressionLine(isSuppressed));
			return 0;
		}
		print.result([...factsOf(record, desk), suppressionLine(isSuppressed)].join('\n'));
		print.progress('Nothing was changed.');
		return 0;
	},
};

function factsOf({ person, isOptedIn }: PersonRecord, desk: PeopleDesk): string[] {
	const { consent, unsubscribed, id } = person;
	const time = (seconds: number | undefined) =>
		seconds === undefined ? 'not known' : timeOf(seconds, desk);
	const isImported = consent.window === 0 && consent.id === undefined;
	return [
		line('person', id),
		line('state', stateOf(unsubscribed, isOptedIn)),
		line('agreed', time(consent.at)),
		line('how', howOf(consent.window, isImported)),
		line('source', consent.source ?? 'not known'),
		line('link', consent.id ?? 'none'),
		line('left', consent.leftAt === undefined ? 'never noted' : time(consent.leftAt)),
		line('words', wordsOf(consent.wording)),
	];
}

function stateOf(unsubscribed: boolean, isOptedIn: boolean): string {
	if (unsubscribed) return 'left everything';
	return isOptedIn ? 'opted in to the letter' : 'not opted in to the letter';
}

function howOf(window: number | undefined, isImported: boolean): string {
	if (window === undefined) return 'no proof is held';
	return isImported
		? 'brought in from a file, whose date of consent is the one above'
		: window === 0
			? 'by a choice on the preferences page'
			: 'by the button of a confirm mail (double opt-in)';
}

/** The words of every version stay in the program. */
function wordsOf(version: string | undefined): string {
	if (version === undefined) return 'not known here: they were agreed to elsewhere';
	const wording = wordingOf(version);
	return wording
		? `${version}: "${wording.consent}"`
		: `${version}: not a version that this program knows; a newer one may`;
}

function suppressionLine(isSuppressed: boolean): string {
	return line(
		'suppressed',
		isSuppressed ? 'yes: the address is kept, so that Resend mails it no more' : 'no',
	);
}

function timeOf(seconds: number, { settings }: PeopleDesk): string {
	const instant = new Date(seconds * 1000);
	return `${formatInstant(instant, settings.timeZone, settings.locale)} (${instant.toISOString()})`;
}

function line(name: string, text: string): string {
	return `${name.padEnd(12)}${text}`;
}
