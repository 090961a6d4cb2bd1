import { isUnfinished } from '#/delivery/contacts-import/take.ts';
import { removalDueAt } from './erase.ts';
import type { PersonRecord } from './record.ts';

/** What does not fit together about one person; nothing for almost everybody. */
export function ailmentsOf(facts: PersonFacts): Ailment[] {
	const found = (Object.keys(ailments) as Ailment[]).filter((name) => tests[name](facts));
	// Whoever is being forgotten is in no state of its own besides.
	return found.includes('forgetting') || found.includes('forget-due')
		? found.filter((name) => name === 'forgetting' || name === 'forget-due')
		: found;
}

/** Each state with its level, its words, and what a person does about it. */
export const ailments = {
	'no-proof': {
		level: 'bad',
		text: 'get the letter, and nothing proves that they asked for it',
		fix: 'Take them off, or let them sign up: the confirm link writes the proof.',
	},
	'no-date': {
		level: 'bad',
		text: 'get the letter with a date of consent that is missing or has not come yet',
		fix: 'Let them sign up again: the confirm link writes the proof anew.',
	},
	'not-listed': {
		level: 'bad',
		text: 'said yes and never get the letter: they are not in the segment',
		fix: 'Add them to the segment in the dashboard of Resend.',
	},
	unfinished: {
		level: 'bad',
		text: 'were cut off in the middle of an import, and get nothing yet',
		fix: 'Run the same import again: it goes on where it was.',
	},
	'came-back': {
		level: 'warn',
		text: 'get the letter again by a choice on the page of Resend, newer than their proof',
		fix: 'Nothing is to be done: that choice is theirs. Their proof is of the time before.',
	},
	'leave-unnoted': {
		level: 'warn',
		text: 'left, and when is not noted: the report of it was lost',
		fix: 'Nothing is to be done: it is noted as soon as an old link of theirs is pressed.',
	},
	suppressed: {
		level: 'warn',
		text: 'are opted in, and suppressed: Resend mails them nothing',
		fix: 'Nothing is to be done. Lift a suppression only for a person who asks for it.',
	},
	forgetting: {
		level: 'ok',
		text: 'are being forgotten, and wait for their 72 hours',
		fix: undefined,
	},
	'forget-due': {
		level: 'warn',
		text: 'are being forgotten, and may be removed now',
		fix: 'Run "contacts erase --forget" once more for each.',
	},
} as const satisfies Record<string, AilmentText>;

const tests: Record<Ailment, (facts: PersonFacts) => boolean> = {
	'no-proof': (facts) => isMailed(facts) && facts.person.consent.window === undefined,
	'no-date': (facts) =>
		isMailed(facts) &&
		facts.person.consent.window !== undefined &&
		(facts.person.consent.at === undefined || facts.person.consent.at > facts.nowSeconds + 300),
	'not-listed': (facts) => isIn(facts) && !facts.isMember && !isCutOff(facts),
	unfinished: isCutOff,
	'came-back': ({ person, ...facts }) =>
		isMailed({ person, ...facts }) &&
		person.consent.leftAt !== undefined &&
		person.consent.leftAt > (person.consent.at ?? 0),
	'leave-unnoted': ({ person, isOptedIn }) =>
		(person.unsubscribed || !isOptedIn) &&
		person.consent.window !== undefined &&
		(person.consent.leftAt ?? Number.NEGATIVE_INFINITY) <= (person.consent.at ?? 0),
	suppressed: (facts) => isIn(facts) && facts.isSuppressed,
	forgetting: ({ person, nowSeconds }) => (removalDueAt(person) ?? -1) > nowSeconds,
	'forget-due': ({ person, nowSeconds }) =>
		(removalDueAt(person) ?? Number.POSITIVE_INFINITY) <= nowSeconds,
};

function isMailed(facts: PersonFacts): boolean {
	return isIn(facts) && facts.isMember && !facts.isSuppressed;
}

function isIn({ person, isOptedIn }: PersonFacts): boolean {
	return isOptedIn && !person.unsubscribed;
}

/** Lists do not say in which other segments somebody is; the import looks that up itself. */
function isCutOff({ person, isMember }: PersonFacts): boolean {
	return !isMember && isUnfinished(person, []);
}

export type Ailment = keyof typeof ailments;

export interface AilmentText {
	level: 'ok' | 'warn' | 'bad';
	text: string;
	fix: string | undefined;
}

export interface PersonFacts extends PersonRecord {
	/** True for somebody in the readers' segment. */
	isMember: boolean;
	isSuppressed: boolean;
	/** The provider's time, in Unix seconds. */
	nowSeconds: number;
}
