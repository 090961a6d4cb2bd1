import { choose, scan } from './choice.ts';
import type { Choice, Wanted } from './choice.ts';
import type { BroadcastDraft, FullBroadcast, Provider } from './provider.ts';
import { Stop, refusal } from './stop.ts';

/**
 * Makes a draft. An unclear answer is never repeated blindly: the list says whether it was made.
 * @returns the new id, or what the list held instead
 */
export async function createDraft(
	draft: BroadcastDraft,
	want: Wanted,
	ports: DraftPorts,
): Promise<{ kind: 'created'; id: string } | Exclude<Choice, { kind: 'create' }>> {
	for (let again = 0; again <= 2; again++) {
		const outcome = await ports.provider.createBroadcast(draft);
		if (outcome.kind === 'ok') return { kind: 'created', id: outcome.value.id };
		if (outcome.kind === 'refused') throw refusal(outcome, 'create the draft');
		ports.tell('draft', 'the answer was lost; looking whether the draft was made');
		await ports.pause('settle');
		const choice = choose(await scan(want, ports.provider), want);
		if (choice.kind !== 'create') return choice;
	}
	throw new Stop(
		'create-unclear',
		'The draft was asked for three times, and none of the answers came back.',
		'Run the same command again in a few minutes: it finds the draft if there is one.',
	);
}

/** Puts this content into a draft that was made for another version of it. */
export async function updateDraft(
	id: string,
	draft: BroadcastDraft,
	ports: DraftPorts,
): Promise<void> {
	for (let again = 0; again <= 2; again++) {
		const outcome = await ports.provider.updateBroadcast(id, draft);
		if (outcome.kind === 'ok') return;
		if (outcome.kind === 'refused') throw refusal(outcome, `update the draft ${id}`);
		ports.tell('draft', 'the answer was lost; looking whether the draft was updated');
		await ports.pause('read-back');
		const read = await ports.provider.getBroadcast(id);
		if (read.kind === 'ok' && differences(read.value, draft).length === 0) return;
	}
	throw new Stop(
		'update-unclear',
		`It is not known whether the draft ${id} was updated.`,
		'Run the same command again in a few minutes.',
	);
}

/** The fields in which a broadcast is not what was asked for, in words. */
export function differences(found: FullBroadcast, draft: BroadcastDraft): string[] {
	const pairs: [string, string | undefined, string][] = [
		['name', found.name, draft.name],
		['sender', found.from, draft.from],
		['subject', found.subject, draft.subject],
		['preview text', found.previewText, draft.previewText],
		['reply address', found.replyTo.join(', '), draft.replyTo.join(', ')],
		['HTML part', found.html, draft.html],
		['text part', found.text, draft.text],
		['segment', found.segmentId, draft.segmentId],
		['topic', found.topicId, draft.topicId],
	];
	return pairs.flatMap(([field, is, wanted]) => (is === wanted ? [] : [field]));
}

export interface DraftPorts {
	provider: Provider;
	/** Waits until a list or a read shows what was just written. */
	pause(reason: 'settle' | 'read-back'): Promise<void>;
	/** Says what is happening, as it happens. */
	tell(step: string, text: string): void;
}
