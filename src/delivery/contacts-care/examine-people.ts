import { keyOf } from '#/delivery/contacts-import/entries.ts';
import { listPeople, listSuppressed } from '#/delivery/contacts-import/intake.ts';
import type { Finding } from '#/delivery/doctor/finding.ts';
import { ok } from '#/delivery/doctor/finding.ts';
import type { People } from '#/delivery/people.ts';
import { ailments, ailmentsOf } from './ailment.ts';
import type { Ailment, AilmentText } from './ailment.ts';
import { readRecord } from './record.ts';

/**
 * Looks at everybody, and says what does not fit together: how many, what to do, and the ids of the
 * first few, by which the dashboard shows them. Writes nothing.
 * @param tell - hears how many of how many were looked at
 * @throws Stop where the provider cannot be read
 */
export async function examinePeople(
	{ segmentId, topicId, nowSeconds }: Where,
	people: People,
	tell: (done: number, all: number) => void,
): Promise<Finding[]> {
	const everybody = await listPeople(undefined, people);
	const members = new Set((await listPeople(segmentId, people)).map(({ id }) => id));
	const suppressed = new Set((await listSuppressed(people)).map(({ address }) => keyOf(address)));
	const found = new Map<Ailment, string[]>();
	let looked = 0;
	for (const [index, { id, address }] of everybody.entries()) {
		tell(index, everybody.length);
		const record = await readRecord(id, topicId, people);
		if (!record) continue;
		looked += 1;
		const isMember = members.has(id);
		const isSuppressed = suppressed.has(keyOf(address));
		for (const ailment of ailmentsOf({ ...record, isMember, isSuppressed, nowSeconds })) {
			found.set(ailment, [...(found.get(ailment) ?? []), id]);
		}
	}
	return [
		ok('people', `${looked} looked at, ${members.size} of them in the segment.`),
		...Object.entries(ailments).flatMap(([name, ailment]) =>
			// The table's keys are exactly the ailments.
			findingOf(name, ailment, found.get(name as Ailment) ?? []),
		),
	];
}

function findingOf(about: string, { level, text, fix }: AilmentText, ids: string[]): Finding[] {
	if (ids.length === 0) return [];
	const some = ids.slice(0, 5).join(', ') + (ids.length > 5 ? ', …' : '');
	return [{ about, level, text: `${ids.length} ${text}: ${some}`, fix }];
}

interface Where {
	segmentId: string;
	topicId: string;
	/** The provider's time, in Unix seconds. */
	nowSeconds: number;
}
