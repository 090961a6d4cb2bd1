import { setUpAudience } from '#/delivery/audience.ts';
import { setUpProperties } from '#/delivery/properties.ts';
import { readSettings } from '#/settings.ts';
import type { Settings } from '#/settings.ts';
import type { Command } from './command.ts';
import { openDestination } from './destination.ts';
import { interruptible } from './signals.ts';

/** Makes what sending needs at the provider. Running it again changes nothing. */
export const setup: Command = {
	usage: 'setup',
	summary: 'Makes the segments, the topic and the contact properties that are missing.',
	issue: 'none',
	options: {},
	async run({ environment }, print) {
		const destination = await openDestination(environment, print);
		const names = readSettings(environment.contentDir).delivery;
		const canarySegment = canarySegmentOf(names);
		const said = (isNew: boolean) => (isNew ? 'created' : 'was there');
		await interruptible('setup', print, async (guard) => {
			const provider = guard.provider(destination.provider);
			const { segment, topic } = await setUpAudience(names, provider);
			print.result(`segment   ${segment.id}  ${said(segment.isNew)}  ${names.segment}`);
			print.result(`topic     ${topic.id}  ${said(topic.isNew)}  ${names.topic}`);
			const canary = await setUpAudience({ ...names, segment: canarySegment }, provider);
			print.result(
				`segment   ${canary.segment.id}  ${said(canary.segment.isNew)}  ${canarySegment}`,
			);
			for (const { id, key, type, isNew } of await setUpProperties(provider)) {
				print.result(`property  ${id}  ${said(isNew)}  ${key} (${type})`);
			}
			print.progress('Below "delivery:" in settings.yaml:');
			print.result(`  segmentId: ${segment.id}\n  topicId: ${topic.id}`);
		});
		print.progress(
			'Nothing was deleted, and nothing was sent. Next: "npm run newsletter -- doctor".',
		);
		return 0;
	},
};

/** The segment a canary goes to. */
export function canarySegmentOf(delivery: Settings['delivery']): string {
	return delivery.canarySegment ?? `${delivery.segment}-canary`;
}
