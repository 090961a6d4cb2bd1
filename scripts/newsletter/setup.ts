import { setUpAudience } from '#/delivery/audience.ts';
import { readSettings } from '#/settings.ts';
import type { Command } from './command.ts';
import { openDestination } from './destination.ts';

/** Makes what sending needs at the provider. Running it again changes nothing. */
export const setup: Command = {
	usage: 'setup',
	summary: 'Makes the segment and the topic of settings.yaml where they are missing.',
	issue: 'none',
	options: {},
	async run({ environment }, print) {
		const { provider } = await openDestination(environment, print);
		const names = readSettings(environment.contentDir).delivery;
		const { segment, topic } = await setUpAudience(names, provider);
		const said = (isNew: boolean) => (isNew ? 'created' : 'was there');
		print.result(`segment  ${segment.id}  ${said(segment.isNew)}  ${names.segment}`);
		print.result(`topic    ${topic.id}  ${said(topic.isNew)}  ${names.topic}`);
		print.progress('Nothing was sent.');
		return 0;
	},
};
