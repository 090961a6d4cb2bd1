/**
 * What names a person's sheet: all that a code says of them. Two codes with the same key are one
 * sheet, whichever format or link they came in.
 */
export function personKey(person: Person): string {
	return [person.team, person.level, person.nonce, person.answers.join('')].join('.');
}

/**
 * Puts sheets together: each once, in an order that does not tell who came first. Commutative,
 * associative and idempotent, so it does not matter who merges what with whom, or how often.
 * "Count both" survives: of two copies of a sheet the higher `times` holds.
 */
export function mergePeople(...lists: readonly (readonly Person[])[]): Person[] {
	const found = new Map<string, Person>();
	for (const person of lists.flat()) {
		const key = personKey(person);
		const known = found.get(key);
		if (!known || known.times < person.times) found.set(key, person);
	}
	return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, person]) => person);
}

/** Counts a sheet once more: two people did give the same answers and drew the same number. */
export function countAgain(people: readonly Person[], key: string): Person[] {
	return people.map((person) =>
		personKey(person) === key ? { ...person, times: person.times + 1 } : person,
	);
}

/**
 * How many people of a team answered. With `different`, only sheets that differ: the number that
 * protects people, because pressing "Count both" must not carry a team over the lower bound.
 */
export function countPeople(
	people: readonly Person[],
	team: Person['team'],
	different = false,
): number {
	return people.reduce(
		(sum, person) => sum + (person.team === team ? (different ? 1 : person.times) : 0),
		0,
	);
}

/** One person's sheet. No name, ever. */
export interface Person {
	team: Team | 'leader';
	level: 'member' | 'lead';
	/** 0-1023, drawn when the form is opened: tells equal sheets apart. */
	nonce: number;
	/** One for each item, in file order: 0 "I don't know", else the point or the option's place. */
	answers: readonly number[];
	/** How many people gave exactly this sheet: 1, unless "Count both" was pressed. */
	times: number;
}

export type Team = (typeof teams)[number];

export const teams = ['sales', 'marketing'] as const;

/** How a team is called at the beginning of a sentence. */
export const teamNames = { sales: 'Sales', marketing: 'Marketing' } as const satisfies Record<
	Team,
	string
>;
