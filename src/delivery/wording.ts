/**
 * What people are asked and agree to, word for word, by version. Each consent holds the version it
 * was given under, so the words of every version stay here for ever: whoever changes one adds a
 * version below the last, and never touches those above it.
 */

/** The words of a version; undefined for one that never was. */
export function wordingOf(version: string): Wording | undefined {
	return Object.hasOwn(wordings, version)
		? // The line above says that it is a name of the record.
			wordings[version as keyof typeof wordings]
		: undefined;
}

/** Words with the facts of a firm in the places of `{publication}`, `{weekday}` and `{validity}`. */
export function filled(words: string, facts: WordingFacts): string {
	// The pattern has no other names.
	return words.replace(
		/\{(publication|weekday|validity)\}/g,
		(_, name: string) => facts[name as keyof WordingFacts],
	);
}

export const wordings = {
	'2026-11': {
		consent: 'Yes, send me the letter by e-mail, one a week. I can leave at any time.',
		page: { title: 'One press, and you are in', button: 'Send me {publication}' },
		mail: {
			subject: 'Confirm: {publication} by e-mail',
			preheader: 'One press of a button, and the next letter comes to you.',
			title: 'Is this your address?',
			ask: 'Somebody asked for {publication} at this address. If it was you, open this page and press its button.',
			button: 'Yes, send me the letter',
			next: 'The letter then comes every {weekday}, and each one has a link to leave. The page works for at least {validity}.',
			otherwise:
				'If it was not you, do nothing: without the button you get no letter, and we keep no note of this address.',
			reason: 'You get this mail because this address was typed into the form of {publication}.',
		},
	},
} as const satisfies Record<string, Wording>;

/** The version that new consents are asked under. */
export const currentVersion: keyof typeof wordings = '2026-11';

export interface Wording {
	/** Beside the form, and above the button of the confirm page. */
	consent: string;
	/** The page behind the confirm mail. */
	page: { title: string; button: string };
	/** The confirm mail. */
	mail: {
		subject: string;
		preheader: string;
		title: string;
		ask: string;
		button: string;
		next: string;
		otherwise: string;
		reason: string;
	};
}

export interface WordingFacts {
	publication: string;
	/** `Tuesday` */
	weekday: string;
	/** How long a link works: `two days`. */
	validity: string;
}
