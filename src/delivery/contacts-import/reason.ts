/** Why a line of a file is not taken, in words that hold nothing of the line. */
export const reasons = {
	width: 'It has another number of cells than the first line.',
	address: 'No mail address stands there.',
	twice: 'The address stood further up already.',
	'no-date': 'No date says when this person agreed.',
	'unclear-date': 'The date of consent cannot be read: write it as 2024-05-31.',
	'future-date': 'The date of consent has not come yet.',
	'file-out': 'The file says that this person left, or cannot be reached.',
	'file-unconfirmed': 'The file says that this person never confirmed.',
	suppressed: 'Resend mails this address no more: it bounced, complained, or was erased.',
	unsubscribed: 'This person left everything.',
	left: 'This person is known here and is not subscribed: they left, or never said yes here.',
	there: 'This person is a reader already.',
	member: 'This person is in the list already, as they chose.',
	gone: 'This person was removed in the meantime.',
	'provider-refused': 'Resend refuses this address.',
	unclear: 'It is not known how far this one came: run the same command again.',
} as const satisfies Record<string, string>;

export type Reason = keyof typeof reasons;
