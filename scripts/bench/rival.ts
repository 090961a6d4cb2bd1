/**
 * What the playbook is measured against: a project as Astro's own documentation would have one
 * write it. Collections with the `glob` loader over the very same files, `@astrojs/mdx`, one page
 * that renders `<Content components={...} />`, a list for each kind, the same style sheets. It
 * checks less, knows no neighbours and has no search, and it builds incrementally too.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../astro.ts';
import { workshopIn } from './workshop.ts';
import type { Workshop } from './workshop.ts';

/**
 * Writes the rival project.
 * @param folder - absolute path; made where it is missing
 * @param contentDir - absolute path of a corpus of `corpus.ts`
 */
export function openRival(folder: string, contentDir: string): Workshop {
	for (const [name, text] of Object.entries(files(contentDir))) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), text);
	}
	cpSync(join(root, 'src/web/styles'), join(folder, 'src/styles'), { recursive: true });
	cpSync(join(root, 'package-lock.json'), join(folder, 'package-lock.json'));
	return workshopIn(folder);
}

function files(contentDir: string): Record<string, string> {
	return {
		'package.json': JSON.stringify({ name: 'rival', private: true, type: 'module' }),
		'astro.config.mjs': `
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';

export default defineConfig({
	site: 'https://rival.example',
	cacheDir: './.cache',
	trailingSlash: 'always',
	scopedStyleStrategy: 'where',
	compressHTML: true,
	build: { inlineStylesheets: 'always' },
	devToolbar: { enabled: false },
	integrations: [mdx()],
	experimental: { incrementalBuild: true },
});
`,
		'src/content.config.ts': `
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const entry = z.object({
	title: z.string(),
	topic: z.string(),
	audience: z.enum(['staff', 'public']),
	status: z.enum(['draft', 'ready', 'retired']),
	author: z.string(),
	reviewed: z.coerce.date(),
	short: z.string().optional(),
	owner: z.string().optional(),
	summary: z.string().optional(),
	when: z.string().optional(),
	function: z.string().optional(),
	stage: z.array(z.string()).default([]),
	effort: z.number().optional(),
	together: z.boolean().default(false),
	find: z.array(z.string()).default([]),
	related: z.array(z.string()).default([]),
	action: z.string().optional(),
	question: z.string().optional(),
	mode: z.string().optional(),
	pause: z.string().optional(),
	sections: z
		.array(
			z.object({
				title: z.string(),
				items: z.array(z.object({ id: z.string(), text: z.string(), who: z.string() })),
			}),
		)
		.default([]),
	items: z.array(z.object({ id: z.string(), text: z.string(), type: z.string() })).default([]),
});
const folder = (name: string) =>
	defineCollection({
		loader: glob({ base: ${JSON.stringify(contentDir)} + '/' + name, pattern: '*.mdx' }),
		schema: entry,
	});

export const collections = {
	tips: folder('tips'),
	checklists: folder('checklists'),
	questions: folder('questions'),
	terms: folder('terms'),
};
`,
		'src/kinds.ts': `
export const kinds = {
	tips: 'Tips',
	checklists: 'Checklists',
	questions: 'Questions',
	terms: 'Glossary',
} as const;
export type Kind = keyof typeof kinds;
`,
		'src/Layout.astro': `
---
import './styles/site.css';
import './styles/shell.css';
import './styles/body.css';
import { kinds } from './kinds.ts';

interface Props {
	title: string;
	description?: string | undefined;
}

const { title, description } = Astro.props;
const path = Astro.url.pathname;
---

<!doctype html>
<html lang="en-GB">
	<head>
		<meta charset="utf-8" />
		<style is:inline>@layer reset, tokens, base, compositions, components, utilities;</style>
		<meta name="viewport" content="width=device-width" />
		<title>{title} | Rival</title>
		{description && <meta name="description" content={description} />}
		<meta name="color-scheme" content="light dark" />
	</head>
	<body>
		<a class="skip button visually-hidden" href="#main">Skip to the text</a>
		<header class="masthead">
			<div class="wrapper bar">
				<p class="brand"><a href="/">Rival</a> <span>Playbook</span></p>
				<form class="search" role="search" action="/search/">
					<label class="visually-hidden" for="search">Search the playbook</label>
					<div><input id="search" type="search" name="q" placeholder="Search" autocomplete="off" /><button class="button">Search</button></div>
				</form>
				<nav aria-label="Main">
					<ul role="list">
						{Object.entries(kinds).map(([kind, name]) => (
							<li><a href={\`/\${kind}/\`} aria-current={path.startsWith(\`/\${kind}/\`) ? 'true' : undefined}>{name}</a></li>
						))}
					</ul>
				</nav>
			</div>
		</header>
		<main id="main" class="wrapper" tabindex="-1"><slot /></main>
		<footer class="colophon">
			<div class="wrapper flow">
				<p>For staff. <a href={\`mailto:editor@rival.example?subject=\${encodeURIComponent(title)}\`}>Report a problem with this page</a>.</p>
			</div>
		</footer>
	</body>
</html>
`,
		'src/Callout.astro': `
---
interface Props {
	kind?: 'note' | 'caution' | 'example';
	title?: string;
}

const { kind = 'note', title } = Astro.props;
const names = { note: 'Note', caution: 'Caution', example: 'Example' };
---

<aside class="callout flow" data-kind={kind}>
	<h3 class="callout-title"><span class="label">{names[kind]}{title && ':'}</span> {title}</h3>
	<slot />
</aside>
`,
		'src/Term.astro': `
---
import { getEntry } from 'astro:content';

interface Props {
	id: string;
}

const { id } = Astro.props;
const term = await getEntry('terms', id);
---

{term ? (
	<span class="term"><a href={\`/terms/\${id}/\`} aria-describedby={\`t-\${id}\`}><slot /></a><span id={\`t-\${id}\`} role="tooltip" popover="hint">{term.data.short}</span></span>
) : (
	<span><slot /></span>
)}
`,
		'src/pages/[kind]/[...slug].astro': `
---
import { getCollection, getEntry, render } from 'astro:content';
import Callout from '../../Callout.astro';
import { kinds } from '../../kinds.ts';
import type { Kind } from '../../kinds.ts';
import Layout from '../../Layout.astro';
import Term from '../../Term.astro';

export async function getStaticPaths() {
	const all = await Promise.all(
		(Object.keys(kinds) as Kind[]).map(async (kind) =>
			(await getCollection(kind)).map((entry) => ({
				params: { kind, slug: entry.id },
				props: { kind, entry },
				cacheKey: entry.digest,
			})),
		),
	);
	return all.flat();
}

const { kind, entry } = Astro.props;
const { data } = entry;
const { Content, headings } = await render(entry);
const folders: Record<string, Kind> = { tip: 'tips', checklist: 'checklists', questions: 'questions', term: 'terms' };
const related = await Promise.all(
	data.related.map(async (ref) => {
		const [one = '', slug = ''] = ref.split('/');
		const folder = folders[one] ?? 'tips';
		return { path: \`/\${folder}/\${slug}/\`, entry: await getEntry(folder, slug) };
	}),
);
---

<Layout title={data.title} description={data.summary ?? data.short}>
	<article>
		<header class="head flow">
			<p class="kicker cluster"><a href={\`/\${kind}/\`}>{kinds[kind]}</a> <span>{data.topic}</span> <span class="team">{data.function}</span> <span>{data.effort} min to do</span></p>
			<h1>{data.title}</h1>
			<p class="lead">{data.summary ?? data.short}</p>
			{data.when && <p class="when"><span class="label">Use this when</span> {data.when}.</p>}
		</header>
		<div class="sidebar">
			<div class="stack">
				{data.action && <section class="do-this"><h2>Do this</h2><p>{data.action}</p></section>}
				{data.sections.map((section) => (
					<section class="flow">
						<h2>{section.title}</h2>
						<ol role="list">
							{section.items.map(({ id, text, who }) => (
								<li id={id}><label><input type="checkbox" name={id} /> <span>{text}</span></label> <span class="meta">{who}</span></li>
							))}
						</ol>
					</section>
				))}
				{data.items.length > 0 && (
					<ol role="list">{data.items.map(({ id, text }, index) => <li id={id}><span class="number">{index + 1}</span> {text}</li>)}</ol>
				)}
				<div class="prose flow"><Content components={{ Callout, Term }} /></div>
				{data.question && <p class="ask">{data.question}</p>}
				{related.length > 0 && (
					<nav class="next" aria-labelledby="next">
						<h2 id="next">Read next</h2>
						<ul class="rows">
							{related.map(({ path, entry: other }) => other && <li><p class="name"><a href={path}>{other.data.title}</a></p><p>{other.data.summary ?? other.data.short}</p></li>)}
						</ul>
					</nav>
				)}
			</div>
			<aside class="facts" aria-label="About this page">
				<dl>
					<div><dt>Who acts</dt><dd>{data.function ?? data.owner}</dd></div>
					<div><dt>Where the buyer stands</dt><dd>{data.stage.join(', ')}</dd></div>
					<div><dt>Kept by</dt><dd>{data.author}</dd></div>
					<div><dt>Checked</dt><dd>{data.reviewed.toISOString().slice(0, 10)}</dd></div>
					<div><dt>On this page</dt><dd>{headings.map(({ slug, text }) => <a href={\`#\${slug}\`}>{text}</a>)}</dd></div>
				</dl>
			</aside>
		</div>
	</article>
</Layout>
`,
		'src/pages/[kind]/index.astro': `
---
import { getCollection } from 'astro:content';
import { kinds } from '../../kinds.ts';
import type { Kind } from '../../kinds.ts';
import Layout from '../../Layout.astro';

export function getStaticPaths() {
	return (Object.keys(kinds) as Kind[]).map((kind) => ({ params: { kind }, props: { kind } }));
}

const { kind } = Astro.props;
const entries = (await getCollection(kind)).toSorted((a, b) => a.data.title.localeCompare(b.data.title));
---

<Layout title={kinds[kind]}>
	<h1>{kinds[kind]}</h1>
	<ul class="rows">
		{entries.map(({ id, data }) => (
			<li><h2><a href={\`/\${kind}/\${id}/\`}>{data.title}</a></h2><p>{data.summary ?? data.short}</p><p class="meta">{data.topic} {data.effort} min</p></li>
		))}
	</ul>
</Layout>
`,
		'src/pages/index.astro': `
---
import { kinds } from '../kinds.ts';
import Layout from '../Layout.astro';
---

<Layout title="Home">
	<h1>Home</h1>
	<ul>{Object.entries(kinds).map(([kind, name]) => <li><a href={\`/\${kind}/\`}>{name}</a></li>)}</ul>
</Layout>
`,
	};
}
