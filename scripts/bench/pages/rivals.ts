/**
 * The same entries in three other site generators, each set up as its own documentation has it and
 * with its own defaults. They are installed once into the cache and are no dependencies of ours.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environment } from '#/environment.ts';
import { UserError } from '#/user-error.ts';
import { root } from '../../astro.ts';
import { measure } from '../measure.ts';
import { installedVersion } from '../installed.ts';
import { readTexts, writeTexts } from './rival-text.ts';
import type { RivalText } from './rival-text.ts';

/**
 * Builds them, each where it is installed.
 * @returns absolute paths of the built sites
 * @throws UserError where npm cannot install one
 */
export async function buildRivals(): Promise<Record<RivalName, string>> {
	const texts = await readTexts();
	const built: Partial<Record<RivalName, string>> = {};
	for (const name of rivalNames) {
		const rival = rivals[name];
		const folder = await install(name, rival.packages);
		for (const old of [
			rival.outDir,
			...(rival.textFolder === '.' ? foldersOf(texts) : [rival.textFolder]),
		]) {
			rmSync(join(folder, old), { recursive: true, force: true });
		}
		writeTexts(join(folder, rival.textFolder), texts, rival.hasTitle);
		for (const [file, text] of Object.entries(rival.files(texts))) {
			mkdirSync(dirname(join(folder, file)), { recursive: true });
			writeFileSync(join(folder, file), text);
		}
		// Without one, the page would be blamed for what a browser asks of its own accord.
		mkdirSync(join(folder, dirname(rival.icon)), { recursive: true });
		cpSync(join(root, 'public/favicon.svg'), join(folder, rival.icon));
		console.error(`Building ${name} …`);
		const bin = join(folder, 'node_modules', rival.bin);
		await measure([bin, ...rival.build], { NODE_ENV: 'production', ...quiet }, folder);
		built[name] = join(folder, rival.outDir);
	}
	// Each name was given its folder.
	return built as Record<RivalName, string>;
}

/** The pages compared: the same text as ours of that kind. */
export function rivalPages(name: RivalName): { kind: string; path: string }[] {
	return [
		{ kind: 'tip', path: '/tips/no-surprise-promos' },
		{ kind: 'checklist', path: '/checklists/weekly-meeting' },
		{ kind: 'question set', path: '/questions/alignment-check' },
		{ kind: 'term', path: '/terms/mql' },
		{ kind: 'issue', path: '/issues/004' },
		{ kind: 'promo', path: '/promos/autumn-check' },
	].map(({ kind, path }) => ({ kind, path: rivals[name].hasSlash ? `${path}/` : path }));
}

export const rivalNames = ['starlight', 'vitepress', 'docusaurus'] as const;

async function install(name: RivalName, packages: Record<string, string>): Promise<string> {
	const folder = join(environment().cacheDir, 'bench/pages', name);
	const isThere = Object.entries(packages).every(
		([wanted, version]) => installedVersion(folder, wanted) === version,
	);
	if (isThere) return folder;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
	const named = Object.entries(packages).map(([wanted, version]) => `${wanted}@${version}`);
	console.error(`Installing ${named.join(', ')} into ${folder}, once …`);
	const code = await new Promise<number | null>((done, fail) => {
		const child = spawn('npm', ['install', '--no-audit', '--no-fund', ...named], {
			cwd: folder,
			stdio: ['ignore', 'inherit', 'inherit'],
		});
		child.once('error', fail);
		child.once('exit', done);
	});
	if (code === 0) return folder;
	throw new UserError(
		`${name} could not be installed.`,
		'See what npm says above. Without --rivals only our own pages are measured.',
	);
}

const rivals: Record<RivalName, Rival> = {
	starlight: {
		packages: { '@astrojs/starlight': '0.42.4', astro: '7.3.4', sharp: '0.35.5' },
		textFolder: 'src/content/docs',
		hasTitle: false,
		hasSlash: true,
		icon: 'public/favicon.svg',
		bin: 'astro/bin/astro.mjs',
		build: ['build'],
		outDir: 'dist',
		files: (texts) => ({
			'astro.config.mjs': `
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

export default defineConfig({
	site: 'https://rival.example',
	integrations: [
		starlight({
			title: 'Playbook',
			sidebar: ${JSON.stringify(foldersOf(texts).map((directory) => ({ label: directory, items: [{ autogenerate: { directory } }] })))},
		}),
	],
});
`,
			'src/content.config.ts': `
import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';

export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`,
		}),
	},
	vitepress: {
		packages: { vitepress: '1.6.4' },
		textFolder: '.',
		hasTitle: true,
		hasSlash: false,
		icon: 'public/favicon.ico',
		bin: 'vitepress/bin/vitepress.js',
		build: ['build'],
		outDir: '.vitepress/dist',
		files: (texts) => ({
			'.vitepress/config.mjs': `
export default {
	title: 'Playbook',
	lang: 'en-GB',
	cleanUrls: true,
	ignoreDeadLinks: true,
	srcExclude: ['node_modules/**'],
	themeConfig: {
		search: { provider: 'local' },
		sidebar: ${JSON.stringify(
			foldersOf(texts).map((folder) => ({
				text: folder,
				items: texts
					.filter((text) => text.folder === folder)
					.map(({ title, name }) => ({ text: title, link: `/${folder}/${name}` })),
			})),
		)},
	},
};
`,
		}),
	},
	docusaurus: {
		packages: {
			'@docusaurus/core': '3.10.2',
			'@docusaurus/preset-classic': '3.10.2',
			react: '19.2.0',
			'react-dom': '19.2.0',
		},
		textFolder: 'docs',
		hasTitle: false,
		hasSlash: true,
		icon: 'static/favicon.ico',
		bin: '@docusaurus/core/bin/docusaurus.mjs',
		build: ['build'],
		outDir: 'build',
		files: () => ({
			'docusaurus.config.js': `
export default {
	title: 'Playbook',
	url: 'https://rival.example',
	baseUrl: '/',
	trailingSlash: true,
	onBrokenLinks: 'ignore',
	markdown: { format: 'md', hooks: { onBrokenMarkdownLinks: 'ignore' } },
	presets: [
		['classic', { docs: { routeBasePath: '/', sidebarPath: './sidebars.js' }, blog: false }],
	],
	themeConfig: { navbar: { title: 'Playbook' } },
};
`,
			'sidebars.js': `export default { docs: [{ type: 'autogenerated', dirName: '.' }] };\n`,
		}),
	},
};

function foldersOf(texts: readonly RivalText[]): string[] {
	return [...new Set(texts.map(({ folder }) => folder))];
}

const quiet = { DO_NOT_TRACK: '1', DOCUSAURUS_DISABLE_TELEMETRY: '1' };

export type RivalName = (typeof rivalNames)[number];

interface Rival {
	/** By name, with the version compared with. */
	packages: Record<string, string>;
	/** Where the texts go, below the project. */
	textFolder: string;
	/** True where a text brings its own title. */
	hasTitle: boolean;
	/** True where the address of a page ends in a slash. */
	hasSlash: boolean;
	/** Where its icon goes, below the project. */
	icon: string;
	/** The program, below node_modules. */
	bin: string;
	build: string[];
	outDir: string;
	/** What else the project consists of. */
	files(texts: readonly RivalText[]): Record<string, string>;
}
