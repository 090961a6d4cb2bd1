import { sep } from 'node:path';
import type { AstroIntegration } from 'astro';

/**
 * Adds the previews of mails to the development server. In a build their pages do not exist at all:
 * they are no routes there, so no mistake in a page can put one into the playbook.
 * @param contentDir - absolute path; a change in it renews the page
 */
export function preview(contentDir: string): AstroIntegration {
	return {
		name: 'tandem-preview',
		hooks: {
			'astro:config:setup': ({ command, injectRoute, updateConfig }) => {
				const isDev = command === 'dev';
				updateConfig({ vite: { define: { HAS_PREVIEW: String(isDev) } } });
				if (!isDev) return;
				const folder = './src/sites/playbook/preview';
				injectRoute({ pattern: '/preview', entrypoint: `${folder}/index.astro` });
				injectRoute({ pattern: '/preview/[issue]', entrypoint: `${folder}/[issue].astro` });
			},
			'astro:server:setup': ({ server }) => {
				// Astro renews pages once its store is written, which takes it a second longer, and for
				// settings and pictures never: they are not in it. A preview reads the files themselves.
				const renew = (path: string): void => {
					if (!path.startsWith(contentDir + sep)) return;
					server.environments['client']?.hot.send({ type: 'full-reload', path: '*' });
				};
				server.watcher.on('change', renew).on('add', renew);
			},
		},
	};
}
