import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';
import { issueId } from '#/library/entry.ts';
import { missingPrograms } from '../debian.ts';
import { findBrowser } from '../test/browser.ts';
import { withChromium } from './chromium.ts';
import type { Command, Print } from './command.ts';
import { compile, openIssues } from './edition.ts';
import type { Edition } from './edition.ts';
import { photographInChromium } from './shots/chromium.ts';
import { letterSource } from './shots/letter-source.ts';
import { views } from './shots/profile.ts';
import type { View } from './shots/profile.ts';
import { photograph, thunderbirdPrograms, withScreen } from './shots/thunderbird.ts';

/** Pictures of ready issues in real programs: Thunderbird and Chromium. It installs nothing. */
export const shots: Command = {
	usage: 'shots [NNN] [--out DIR]',
	summary: 'Pictures of ready issues in Thunderbird and Chromium.',
	issue: 'optional',
	options: { out: { type: 'string' } },
	async run({ issue, values, environment }, print) {
		const where = { environment, receiptsDir: environment.receiptsDir, now: environment.now };
		const { issues } = await openIssues(where);
		const ready = issues.filter(({ data }) => data.status === 'ready');
		const ids = issue === undefined ? ready.map(({ data }) => issueId(data.number)) : [issue];
		const editions = await Promise.all(ids.map((id) => compile(id, where)));
		const { out } = values;
		const folder = typeof out === 'string' ? resolve(out) : join(environment.cacheDir, 'shots');
		await mkdir(folder, { recursive: true });

		const taken = [
			...(await inThunderbird(editions, folder, print)),
			...(await inChromium(editions, folder, environment.contentDir, print)),
		];
		for (const file of taken) print.result(file);
		print.progress(`${taken.length} pictures of ${editions.length} issues. Look at them.`);
		return taken.length > 0 ? 0 : 2;
	},
};

async function inThunderbird(
	editions: readonly Edition[],
	folder: string,
	print: Print,
): Promise<string[]> {
	const missing = missingPrograms(thunderbirdPrograms);
	if (missing !== undefined) {
		print.progress(styleText('yellow', `SKIPPED: Thunderbird. ${missing}`));
		return [];
	}
	// The keys of an object literal are the keys of its type.
	const names = Object.keys(views) as View[];
	return withScreen(async (screen) => {
		const files: string[] = [];
		for (const { message, planned } of editions) {
			const raw = letterSource(message, new Date(planned.utc));
			for (const view of names) {
				const file = join(folder, `${message.issue}-thunderbird-${view}.png`);
				print.progress(`Issue ${message.issue}: Thunderbird, ${view}`);
				await writeFile(file, await photograph(screen, view, raw, message.subject));
				files.push(file);
			}
		}
		return files;
	});
}

async function inChromium(
	editions: readonly Edition[],
	folder: string,
	contentDir: string,
	print: Print,
): Promise<string[]> {
	if (findBrowser() === undefined) {
		print.progress(
			styleText('yellow', 'SKIPPED: Chromium. Install with: apt-get install chromium'),
		);
		return [];
	}
	return withChromium('letters are pictured in it', async (browser) => {
		const files: string[] = [];
		for (const { message } of editions) {
			print.progress(`Issue ${message.issue}: Chromium`);
			for (const { name, png, overflow } of await photographInChromium(
				browser,
				message,
				contentDir,
			)) {
				const file = join(folder, `${message.issue}-${name}.png`);
				await writeFile(file, png);
				files.push(file);
				if (overflow > 0) print.progress(`${file}: ${overflow} px wider than the screen.`);
			}
		}
		return files;
	});
}
