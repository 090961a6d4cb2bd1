import type { Consent, Person } from '#/delivery/contacts.ts';
import type { People } from '#/delivery/people.ts';
import { readValue } from '#/delivery/stop.ts';

/**
 * All that is held of one person.
 * @returns undefined where they were removed in the meantime
 * @throws Stop where the provider cannot be read
 */
export async function readRecord(
	id: string,
	topicId: string,
	people: People,
): Promise<PersonRecord | undefined> {
	const person = readValue(await people.get(id), 'read a person');
	if (!person) return undefined;
	const choices = await people.choices(id);
	if (choices.kind === 'refused' && choices.status === 404) return undefined;
	const isOptedIn = readValue(choices, 'read what a person chose').get(topicId) === 'opt_in';
	return { person, isOptedIn };
}

/** The first line of an export. `import` knows it again. */
export const recordHeader = [
	'email',
	'first_name',
	'last_name',
	'topic_choice',
	'unsubscribed',
	'suppressed',
	'consent_at',
	'consent_source',
	'consent_wording',
	'consent_link',
	'consent_window',
	'left_at',
] as const;

/** A person as cells, in the order of `recordHeader`. */
export function recordCells({ person, isOptedIn }: PersonRecord, isSuppressed: boolean): string[] {
	const { address, firstName, lastName, unsubscribed, consent } = person;
	return [
		address,
		firstName ?? '',
		lastName ?? '',
		isOptedIn ? 'opt_in' : 'opt_out',
		String(unsubscribed),
		String(isSuppressed),
		instant(consent.at),
		consent.source ?? '',
		consent.wording ?? '',
		consent.id ?? '',
		instant(consent.window),
		instant(consent.leftAt),
	];
}

/** A line of CSV. No cell of it is run by a spreadsheet. */
export function csvLine(cells: readonly string[]): string {
	return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
	const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return `"${safe.replaceAll('"', '""')}"`;
}

function instant(seconds: Consent['at']): string {
	return seconds === undefined ? '' : new Date(seconds * 1000).toISOString();
}

export interface PersonRecord {
	person: Person;
	/** True for somebody who chose the letter's topic. */
	isOptedIn: boolean;
}
