import type { AstroIntegration } from 'astro';
import { leave } from '#/library/handover.ts';
import { readAhead } from '#/library/reading-ahead.ts';
import type { ContentOptions } from '#/library/shelf.ts';
import { answerOf } from '#/library/thread.ts';
import { freeMemory } from './free-memory.ts';
import { noFacts } from './links/kept-facts.ts';
import type { Twins } from './twin-texts.ts';

/**
 * Begins to read the content as soon as a build begins, since Astro has a second processor nothing
 * to do for. The pages take the library from there. A build of content with errors writes nothing.
 * @param hasTwins - true has the same thread write the Markdown twins of the playbook's pages
 */
export function readingAhead(
	options: ContentOptions,
	hasTwins: boolean,
): { integration: AstroIntegration; twins: () => Promise<Twins> } {
	let twins: Promise<Twins> = Promise.resolve({ texts: new Map(), facts: noFacts });
	const integration: AstroIntegration = {
		name: 'tandem-reading-ahead',
		hooks: {
			'astro:config:setup': ({ command, logger, updateConfig }) => {
				if (command !== 'build') return;
				const module = hasTwins ? new URL('./content-thread.ts', import.meta.url) : undefined;
				const { thread, told, checked } = readAhead(options, module);
				// Before the first file is written, and as late as that: bundling takes as long as reading.
				const plugin = { name: 'tandem-checked-content', generateBundle: () => checked };
				updateConfig({ vite: { plugins: [plugin] } });
				if (hasTwins) twins = answerOf(thread, 'twins');
				const tell = async (): Promise<void> => {
					const { entryCount, readCount, fileCount } = await told;
					const whose = options.audience === 'staff' ? 'staff' : 'the public';
					logger.info(
						`${entryCount} entries for ${whose}, ${readCount} of ${fileCount} files read anew`,
					);
				};
				// Whoever asks for the library hears of a failure.
				for (const promise of [twins, tell()]) promise.catch(() => undefined);
			},
			'astro:build:generated': () => {
				// No page is left to show them, and the steps after this one need the room.
				leave('bodies', []);
				freeMemory();
			},
		},
	};
	return { integration, twins: () => twins };
}
