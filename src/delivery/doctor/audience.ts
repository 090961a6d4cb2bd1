import { countReaders } from '#/delivery/audience.ts';
import { everyPage } from '#/delivery/pages.ts';
import type { Named } from '#/delivery/provider.ts';
import type { DoctorFacts, DoctorPorts } from './facts.ts';
import { bad, ok, unknown, warn } from './finding.ts';
import type { Finding } from './finding.ts';

/** Whether the topic is the right one, mails nobody unasked, and can be found again. */
export async function checkTopic(
	facts: DoctorFacts,
	{ provider }: DoctorPorts,
): Promise<Finding[]> {
	const { items } = await everyPage((after) => provider.listTopics(after), 'list the topics');
	const named = items.filter(({ name }) => name === facts.audience.topic);
	const found = only('topic', facts.audience.topic, facts.ids.topicId, named);
	if ('finding' in found) return [found.finding];
	const topic = found.one;
	const isPrivate = topic.visibility === 'private';
	return [
		found.ok,
		topic.defaultSubscription === 'opt_out'
			? ok('topic', 'It mails nobody who did not ask for it.')
			: bad(
					'topic',
					`It counts people in who never asked (default ${topic.defaultSubscription}).`,
					'A default cannot be changed. Name another topic in settings.yaml and run "setup".',
				),
		topic.visibility === undefined
			? unknown('topic', 'Whether people can see it on the preference page is not told.')
			: isPrivate
				? bad(
						'topic',
						'It is private: people who left cannot find it on the preference page.',
						'Make it public in the dashboard of Resend.',
					)
				: ok('topic', 'It is public: people who left can come back.'),
	];
}

/** The provider tells it in lists; undefined where it does not. */

/** Whether the segment is the right one and holds readers. */
export async function checkSegment(
	facts: DoctorFacts,
	{ provider }: DoctorPorts,
): Promise<Finding[]> {
	const { segment } = facts.audience;
	const { items } = await everyPage((after) => provider.listSegments(after), 'list the segments');
	const named = items.filter(({ name }) => name === segment);
	const found = only('segment', segment, facts.ids.segmentId, named);
	if ('finding' in found) return [found.finding];
	const readers = await countReaders(found.one.id, provider);
	if (readers === 0) {
		return [found.ok, warn('segment', 'It holds nobody who may be mailed.', 'Wait for a reader.')];
	}
	return [found.ok, ok('segment', `Up to ${readers} readers.`)];
}

/** Whether a canary would reach an editor. */
export async function checkCanary(
	facts: DoctorFacts,
	{ provider }: DoctorPorts,
): Promise<Finding[]> {
	const { items } = await everyPage((after) => provider.listSegments(after), 'list the segments');
	const found = items.find(({ name }) => name === facts.canarySegment);
	if (!found) {
		return [warn('canary', `There is no segment "${facts.canarySegment}".`, 'Run "setup".')];
	}
	const editors = await countReaders(found.id, provider);
	if (editors > 0) return [ok('canary', `A canary goes to up to ${editors} editors.`)];
	return [
		warn(
			'canary',
			`The segment "${facts.canarySegment}" holds nobody who may be mailed.`,
			'Add the editors in the dashboard of Resend, opted in to the topic.',
		),
	];
}

function only<T extends Named>(
	what: string,
	name: string,
	id: string | undefined,
	found: readonly T[],
): { one: T; ok: Finding } | { finding: Finding } {
	const [one, twin] = found;
	if (!one) {
		return { finding: bad(what, `There is no ${what} "${name}".`, 'Run "setup".') };
	}
	if (twin) {
		const text = `There are ${found.length} called "${name}".`;
		return { finding: bad(what, text, 'Rename or remove the wrong ones in the dashboard.') };
	}
	if (id !== undefined && id !== one.id) {
		const text = `"${name}" is ${one.id}; settings.yaml says ${id}.`;
		return { finding: bad(what, text, `Write ${one.id} there if this is the right account.`) };
	}
	return { one, ok: ok(what, `"${name}" is ${one.id}.`) };
}
