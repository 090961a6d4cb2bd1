/**
 * The exports that are read, each known by columns that no other has. Only what the letter needs is
 * taken: the address and the date of consent; and what says that somebody is out.
 */
import { UserError } from '#/user-error.ts';

/**
 * Tells whose export a file is by its first line. A column `consent_at` that somebody added goes
 * before the export's own date.
 * @throws UserError for one of none, or without a date of consent
 */
export function recognise(header: readonly string[]): Columns {
	const names = header.map(nameOf);
	const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
	const format = formats.find(({ needs }) =>
		needs.every((any) => any.some((name) => names.includes(name))),
	);
	if (!format) {
		throw new UserError(
			'The first line is not that of an export of Ghost, listmonk, Buttondown, Substack, Mailchimp or Resend.',
			'Any other file needs a first line with the columns email and consent_at: the day each person agreed, as 2024-05-31. Nothing was imported.',
		);
	}
	const used = [...format.address, ...format.consent, ...format.says];
	if (twice !== undefined && used.includes(twice)) {
		throw new UserError(
			'A column that counts is there twice.',
			'Remove one of them. Nothing was imported.',
		);
	}
	const consent = names.includes(ownDate)
		? [ownDate]
		: format.consent.filter((name) => names.includes(name));
	const address = format.address.find((name) => names.includes(name)) ?? '';
	return {
		format: format.name,
		address,
		consent,
		width: header.length,
		read(cells) {
			const cell = (name: string) => unguarded(cells[names.indexOf(name)] ?? '').trim();
			return {
				address: cell(address),
				consent: consent.map(cell).find((text) => text !== '') ?? '',
				state: isOutAnywhere(cell) ? 'out' : format.state(cell),
			};
		},
	};
}

/** What a person may have put before a cell so that a spreadsheet does not run it. */
function unguarded(cell: string): string {
	return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function nameOf(cell: string): string {
	return cell
		.trim()
		.toLowerCase()
		.replaceAll(/[\s-]+/g, '_');
}

function isOutAnywhere(cell: Cell): boolean {
	return marksOfLeaving.some((name) => !isNo(cell(name)));
}

function isNo(text: string): boolean {
	return /^(?:|false|no|0|null)$/i.test(text);
}

const ownDate = 'consent_at';

/** Columns that say somebody is out, in whatever file they stand. */
const marksOfLeaving = [
	'unsubscribed',
	'unsubscribed_at',
	'unsubscription_date',
	'unsubscribe_date',
	'undeliverability_date',
	'bounced_at',
	'complained_at',
	'suppressed',
	'unsub_time',
	'clean_time',
	'deleted_at',
];

const formats: readonly Format[] = [
	{
		name: 'Tandem',
		needs: [['email'], [ownDate], ['topic_choice']],
		address: ['email'],
		consent: [ownDate],
		says: ['topic_choice'],
		state: (cell) => (cell('topic_choice') === 'opt_in' ? 'in' : 'out'),
	},
	{
		name: 'Ghost',
		needs: [['email'], ['subscribed_to_emails'], ['created_at', ownDate]],
		address: ['email'],
		consent: ['created_at'],
		says: ['subscribed_to_emails'],
		state: (cell) => (cell('subscribed_to_emails').toLowerCase() === 'true' ? 'in' : 'out'),
	},
	{
		name: 'Substack',
		needs: [['email'], ['active_subscription'], ['email_disabled'], ['created_at', ownDate]],
		address: ['email'],
		consent: ['created_at'],
		says: ['email_disabled'],
		state: (cell) => (isNo(cell('email_disabled')) ? 'in' : 'out'),
	},
	{
		name: 'Mailchimp',
		needs: [['email_address', 'email'], ['confirm_time', 'optin_time'], ['leid']],
		address: ['email_address', 'email'],
		consent: ['confirm_time', 'optin_time'],
		says: [],
		state: () => 'in',
	},
	{
		name: 'listmonk',
		needs: [['uuid'], ['email'], ['status'], ['created_at', ownDate]],
		address: ['email'],
		consent: ['created_at'],
		says: ['status'],
		state: (cell) => stateOf(cell('status'), ['enabled']),
	},
	{
		name: 'Buttondown',
		needs: [
			['email_address', 'email'],
			['type', 'subscriber_type'],
			['creation_date', ownDate],
		],
		address: ['email_address', 'email'],
		consent: ['creation_date'],
		says: ['type', 'subscriber_type'],
		state: (cell) => stateOf(cell('type') || cell('subscriber_type'), inAtButtondown),
	},
	{
		name: 'Resend',
		needs: [['email'], ['unsubscribed'], ['created_at', ownDate]],
		address: ['email'],
		consent: ['created_at'],
		says: ['unsubscribed'],
		state: (cell) => (cell('unsubscribed').toLowerCase() === 'false' ? 'in' : 'out'),
	},
	{
		name: 'plain',
		needs: [['email', 'e_mail', 'email_address'], [ownDate]],
		address: ['email', 'e_mail', 'email_address'],
		consent: [ownDate],
		says: ['status'],
		state: (cell) => stateOf(cell('status') || 'active', inAnywhere),
	},
];

/** Only what is known to mean "in" does; a word nobody foresaw keeps somebody out. */
function stateOf(text: string, wordsForIn: readonly string[]): FileState {
	const word = text.toLowerCase();
	if (wordsForIn.includes(word)) return 'in';
	return /^(?:unactivated|unconfirmed|pending)$/.test(word) ? 'unconfirmed' : 'out';
}

const inAtButtondown = ['regular', 'premium', 'gifted', 'trialed', 'churning', 'past_due'];
const inAnywhere = ['active', 'subscribed', 'enabled', 'confirmed'];

/** What a file says of somebody. */
type FileState = 'in' | 'out' | 'unconfirmed';

export interface Columns {
	/** Whose export it is. */
	format: string;
	/** The column the address stands in. */
	address: string;
	/** The columns the date of consent stands in; the first that is not empty counts. */
	consent: readonly string[];
	/** Cells each row must have. */
	width: number;
	read(cells: readonly string[]): { address: string; consent: string; state: FileState };
}

interface Format {
	name: string;
	/** Of each of these groups one column must be there. */
	needs: readonly (readonly string[])[];
	address: readonly string[];
	consent: readonly string[];
	/** The columns its state is read from. */
	says: readonly string[];
	state(cell: Cell): FileState;
}

/** A row's cell by its column; empty where there is none. */
type Cell = (name: string) => string;
