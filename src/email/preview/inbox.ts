/** The line of an inbox, as three kinds of client cut it: the subject first, then the preheader. */
export function inboxLines(subject: string, preheader: string): InboxLine[] {
	return clients.map(({ client, characters }) => {
		const letters = Array.from(`${subject} ${preheader}`);
		const subjectLength = Array.from(subject).length;
		const subjectShown = letters.slice(0, Math.min(subjectLength, characters)).join('');
		return {
			client,
			characters,
			subject: subjectShown,
			preheader: letters.slice(subjectLength + 1, characters).join(''),
			cut: letters.slice(characters).join(''),
		};
	});
}

const clients = [
	{ client: 'A watch or a notification', characters: 30 },
	{ client: 'A phone', characters: 50 },
	{ client: 'A desktop', characters: 90 },
];

export interface InboxLine {
	client: string;
	characters: number;
	/** What is shown of the subject. */
	subject: string;
	/** What is shown of the preheader. */
	preheader: string;
	/** What nobody sees there. */
	cut: string;
}
