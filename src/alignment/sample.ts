/** Builders for the tests of this folder: each makes one obvious thing, but for what is said. */
import type { Person } from './person.ts';
import type { Item, QuestionSet } from './question-set.ts';

/** A set of scale items that read a state: `q1`, `q2`, ... */
export function sampleSet(count = 2, over: Partial<QuestionSet> = {}): QuestionSet {
	const items = Array.from({ length: count }, (_, index): Item => {
		const id = `q${index + 1}`;
		const play = {
			ref: `tip/${id}`,
			title: `Tip ${index + 1}`,
			href: `https://play.example/${id}`,
		};
		return { id, text: `Question ${index + 1}?`, type: 'scale', reads: 'state', play };
	});
	return { slug: 'sample', title: 'A sample', hasLeader: false, items, ...over };
}

/** A member of sales who answers 3 to two items. */
export function samplePerson(over: Partial<Person> = {}): Person {
	return { team: 'sales', level: 'member', nonce: 1, answers: [3, 3], times: 1, ...over };
}

/** A team: one person for each answer, who gives it to all of `items` items. */
export function sampleTeam(
	team: Person['team'],
	answers: readonly number[],
	over: Partial<Person> & { items?: number } = {},
): Person[] {
	const { items = 2, ...rest } = over;
	return answers.map((answer, place) =>
		samplePerson({
			team,
			nonce: 100 + place,
			answers: Array.from({ length: items }, () => answer),
			...rest,
		}),
	);
}
