import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environment } from '#/environment.ts';
import { ready, summaryOf } from '#/library/entries.ts';
import { titleOf } from '#/library/entry.ts';
import type { Entry } from '#/library/entry.ts';
import { kindNames, kinds } from '#/library/kinds.ts';
import { openContent } from '#/library/shelf.ts';
import { entryMarkdown } from '#/web/take-away/entry.ts';

/** The finished entries of the playbook as Markdown with links within the site, and without pictures. */
export async function readTexts(): Promise<RivalText[]> {
	const { contentDir, receiptsDir } = environment();
	const now = new Date('2026-11-24T08:00:00Z');
	const { library } = await openContent({ contentDir, receiptsDir, now, audience: 'staff' });
	const entries = kindNames.flatMap(
		(kind): Entry[] => ready<typeof kind>(library, kind) as Entry[],
	);
	return Promise.all(
		entries.map(async (entry) => {
			const markdown = await entryMarkdown(library, entry);
			return {
				folder: kinds[entry.kind].folder,
				name: entry.kind === 'issue' ? entry.slug.slice(0, 3) : entry.slug,
				title: titleOf(entry),
				summary: summaryOf(entry),
				body: markdown
					.replace(/^# .*\n/, '')
					.replace(/^!\[.*\n/gm, '')
					.replaceAll(`(${library.settings.sites.staff}/`, '(/')
					.replace(/<https?:[^>]*>/g, (address) => address.slice(1, -1)),
			};
		}),
	);
}

/**
 * Writes them below a folder, one file each, and a home page that lists them.
 * @param hasTitle - false where the site generator writes the title above a text by itself
 */
export function writeTexts(folder: string, texts: readonly RivalText[], hasTitle: boolean): void {
	const write = (name: string, title: string, description: string, body: string): void => {
		const file = join(folder, name);
		mkdirSync(dirname(file), { recursive: true });
		const matter = `---\ntitle: ${JSON.stringify(title)}\ndescription: ${JSON.stringify(description)}\n---\n\n`;
		writeFileSync(file, `${matter}${hasTitle ? `# ${title}\n\n` : ''}${body.trim()}\n`);
	};
	for (const { folder: kind, name, title, summary, body } of texts) {
		write(`${kind}/${name}.md`, title, summary, body);
	}
	const list = texts.map(
		({ folder: kind, name, title, summary }) => `- [${title}](/${kind}/${name}/): ${summary}`,
	);
	write('index.md', 'Playbook', 'What two teams do together.', list.join('\n'));
}

export interface RivalText {
	folder: string;
	/** Of its file and its address, without the ending. */
	name: string;
	title: string;
	summary: string;
	/** Without the title. */
	body: string;
}
