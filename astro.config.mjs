import { join } from 'node:path';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { environment } from './src/environment.ts';
import { links } from './src/integrations/links.ts';
import { logo } from './src/integrations/logo.ts';
import { offline } from './src/integrations/offline.ts';
import { outbox } from './src/integrations/outbox.ts';
import { preview } from './src/integrations/preview.ts';
import { sealedPages } from './src/integrations/sealed-pages.ts';
import { search } from './src/integrations/search.ts';
import { wholeBuild } from './src/integrations/whole-build.ts';
import { readSettings } from './src/settings.ts';
import { siteMap } from './src/sites/newsletter/sitemap.ts';

const { site, contentDir, receiptsDir, outDir, cacheDir, now, isSearchOff } = environment();
const { sites, look } = readSettings(contentDir);
const content = { contentDir, receiptsDir, now, cacheDir: join(cacheDir, 'library') };

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
		wholeBuild(),
		logo(look),
		sealedPages(),
		...(site === 'playbook'
			? [
					mdx({ syntaxHighlight: false }),
					...(isSearchOff ? [] : [search()]),
					preview(contentDir),
					offline(),
				]
			: [outbox(content, join(outDir, 'outbox')), siteMap(content)]),
		// The last: it looks at everything the others made.
		links({ ...content, audience: site === 'playbook' ? 'staff' : 'public' }),
	],
	experimental: { incrementalBuild: true },
});
