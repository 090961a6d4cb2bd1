/**
 * Takes one person of a file in. What is done next follows from what the provider shows, so a line
 * that was cut off anywhere is gone on with by taking it again. The segment comes last: until then
 * no letter reaches the person, so nobody can have left whom an unfinished line brings back.
 */
import type { Person } from '#/delivery/contacts.ts';
import type { Pace } from '#/delivery/pace.ts';
import type { People } from '#/delivery/people.ts';
import { isQuota, readValue, refusal } from '#/delivery/stop.ts';
import type { Outcome } from '#/delivery/provider.ts';
import type { Entry } from './entries.ts';
import type { Reason } from './reason.ts';

/**
 * Takes somebody, unless what the provider shows speaks against it.
 * @throws Stop where the provider cannot be read, or refuses everything
 */
export async function take(entry: Entry, intake: Intake): Promise<Taken> {
	for (let round = 0; ; round += 1) {
		const found = await look(entry, intake);
		if (found.kind === 'refused') {
			return round > 0 && found.reason === 'there' ? { kind: 'taken' } : found;
		}
		const done = await act(found, entry, intake);
		if (done !== 'lost') return done;
		if (round === 2) return { kind: 'refused', reason: 'unclear' };
		await intake.pace.wait(1000 * 2 ** round);
	}
}

/**
 * What would be done for somebody. Writes nothing.
 * @throws Stop where the provider cannot be read
 */
export async function look(entry: Entry, intake: Intake): Promise<Step | Refused> {
	const { people, segmentId, topicId } = intake;
	if (readValue(await people.isSuppressed(entry.address), 'look into the suppression list')) {
		return { kind: 'refused', reason: 'suppressed' };
	}
	const person = readValue(await people.find(entry.address), 'look for a person');
	if (!person) return { kind: 'add' };
	if (person.unsubscribed) return { kind: 'refused', reason: 'unsubscribed' };
	const choices = await people.choices(person.id);
	const segments = await people.segments(person.id);
	if (isGone(choices) || isGone(segments)) return { kind: 'refused', reason: 'gone' };
	const isIn = readValue(choices, 'read what a person chose').get(topicId) === 'opt_in';
	const memberOf = readValue(segments, 'read the segments of a person');
	if (memberOf.includes(segmentId)) return { kind: 'refused', reason: isIn ? 'there' : 'left' };
	if (isUnfinished(person, memberOf)) return { kind: 'finish', person };
	return isIn ? { kind: 'list', id: person.id } : { kind: 'refused', reason: 'left' };
}

async function act(step: Step, entry: Entry, intake: Intake): Promise<Taken | 'lost'> {
	const { people, segmentId } = intake;
	switch (step.kind) {
		case 'list':
			return settled(await people.joinSegment(step.id, segmentId));
		case 'add': {
			const proof = { source: sourceOf(intake.source), at: entry.consentAt };
			const made = await people.add(entry.address, proof);
			return made.kind === 'ok' ? finish(made.value.id, entry, intake) : settled(made);
		}
		case 'finish':
			return finish(step.person.id, entry, intake);
		default:
			return step satisfies never;
	}
}

/** The choice, then what marks this person as complete, then the segment. */
async function finish(id: string, entry: Entry, intake: Intake): Promise<Taken | 'lost'> {
	const { people, segmentId, topicId } = intake;
	const chosen = await people.choose(id, new Map([[topicId, 'opt_in']]));
	if (chosen.kind !== 'ok') return settled(chosen);
	const person = readValue(await people.get(id), 'read a person');
	if (!person) return { kind: 'refused', reason: 'gone' };
	// Somebody may have confirmed, or left, a moment ago: then that counts, and not the file.
	if (person.consent.window === undefined) {
		if (person.unsubscribed) return { kind: 'refused', reason: 'unsubscribed' };
		const proof = { at: entry.consentAt, source: sourceOf(intake.source), ...person.consent };
		const saved = await people.save({ ...person, consent: { ...proof, window: 0 } });
		if (saved.kind !== 'ok') return settled(saved);
	}
	return settled(await people.joinSegment(id, segmentId));
}

/**
 * True for somebody whom an import made and did not complete. Whoever is in any segment may have
 * had mail, and may have left by it.
 */
export function isUnfinished({ unsubscribed, consent }: Person, segments: readonly string[]) {
	return (
		!unsubscribed &&
		segments.length === 0 &&
		consent.source?.startsWith(sourceMark) === true &&
		consent.window === undefined &&
		consent.leftAt === undefined
	);
}

function settled(outcome: Outcome<unknown>): Taken | 'lost' {
	switch (outcome.kind) {
		case 'ok':
			return { kind: 'taken' };
		case 'unknown':
			return 'lost';
		case 'refused':
			if (outcome.status === 404) return { kind: 'refused', reason: 'gone' };
			if ((outcome.status === 400 || outcome.status === 422) && !isQuota(outcome)) {
				return { kind: 'refused', reason: 'provider-refused' };
			}
			throw refusal(outcome, 'take somebody in');
	}
}

function isGone(outcome: Outcome<unknown>): boolean {
	return outcome.kind === 'refused' && outcome.status === 404;
}

/** As it is kept with the person, so that an unfinished one can be told from anybody else. */
function sourceOf(text: string): string {
	return `${sourceMark}${text}`;
}

const sourceMark = 'import: ';

export interface Intake {
	people: People;
	pace: Pace;
	segmentId: string;
	topicId: string;
	/** Where these people come from, in the operator's words. */
	source: string;
}

type Refused = { kind: 'refused'; reason: Reason };

/** `add` makes a person, `finish` goes on with one, `list` adds somebody who is opted in. */
type Step = { kind: 'add' } | { kind: 'finish'; person: Person } | { kind: 'list'; id: string };

type Taken = { kind: 'taken' } | Refused;
