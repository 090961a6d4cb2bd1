import { join } from 'node:path';
import { defineConfig } from 'astro/config';
import { environment } from './src/environment.ts';
import { batches } from './src/integrations/batches.ts';
import { links } from './src/integrations/links.ts';
import { logo } from './src/integrations/logo.ts';
import { noPrebundling } from './src/integrations/no-prebundling.ts';
import { readingAhead } from './src/integrations/reading-ahead.ts';
import { sealedPages } from './src/integrations/sealed-pages.ts';
import { wholeBuild } from './src/integrations/whole-build.ts';
import { twins } from './src/integrations/twins.ts';
import { readSettings } from './src/settings.ts';

const { site, contentDir, receiptsDir, outDir, cacheDir, now, isSearchOff } = environment();
const { sites, look } = readSettings(contentDir);
const audience = site === 'playbook' ? 'staff' : 'public';
const content = { contentDir, receiptsDir, now, cacheDir: join(cacheDir, 'library') };
const reading = readingAhead({ ...content, audience }, site === 'playbook');

// Small modules that the answer page and the compare page share: a file each would be a request each.
const sharedParts = /src\/(?:crc|web\/alignment\/(?:download|node|part))\.ts/;
const smallParts = { codeSplitting: { groups: [{ name: 'parts', test: sharedParts }] } };

// One configuration, two builds: SITE decides which folder of pages is built, from which audience's
// library, and where everything goes. Nothing is shared between the two but the public folder.
export default defineConfig({
	site: site === 'playbook' ? sites.staff : sites.public,
	srcDir: `./src/sites/${site}`,
	outDir: join(outDir, site),
	cacheDir: join(cacheDir, site),
	publicDir: './public',
	output: 'static',
	trailingSlash: 'always',
	scopedStyleStrategy: 'where',
	// Astro 7's default 'jsx' glues words across line breaks: "the tipand discuss".
	compressHTML: true,
	// A page waits for its file to be written: six at once keep a processor busy meanwhile.
	build: { inlineStylesheets: 'always', concurrency: 6 },
	devToolbar: { enabled: false },
	integrations: [
		reading.integration,
		noPrebundling(),
		wholeBuild(),
		logo(look),
		batches(),
		sealedPages(),
		...(await (site === 'playbook' ? stepsOfPlaybook() : stepsOfNewsletter())),
		// The last: it looks at everything the others made.
		links({ ...content, audience }, async () => (await reading.twins()).facts),
	],
	experimental: { incrementalBuild: true },
	vite: { environments: { client: { build: { rolldownOptions: { output: smallParts } } } } },
});

// Each build loads its own steps alone: the compiler of mails takes as long as two hundred pages.
async function stepsOfPlaybook() {
	const [{ default: mdx }, { search }, { preview }, { offline }] = await Promise.all([
		import('@astrojs/mdx'),
		import('./src/integrations/search.ts'),
		import('./src/integrations/preview.ts'),
		import('./src/integrations/offline.ts'),
	]);
	return [
		mdx({ syntaxHighlight: false }),
		twins(reading.twins),
		...(isSearchOff ? [] : [search()]),
		preview(contentDir),
		offline(),
	];
}

async function stepsOfNewsletter() {
	const [{ outbox }, { siteMap }] = await Promise.all([
		import('./src/integrations/outbox.ts'),
		import('./src/sites/newsletter/sitemap.ts'),
	]);
	return [outbox(content, join(outDir, 'outbox')), siteMap(content)];
}
