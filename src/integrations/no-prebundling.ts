import type { AstroIntegration } from 'astro';

/**
 * Spares a build what only a development server is for: to read its content Astro starts a server
 * without a browser, and Vite bundles for it the toolbar that no browser will ask for.
 */
export function noPrebundling(): AstroIntegration {
	return {
		name: 'tandem-no-prebundling',
		hooks: {
			'astro:config:setup': ({ command, updateConfig }) => {
				if (command !== 'build') return;
				updateConfig({
					vite: {
						plugins: [
							{
								name: 'tandem-no-prebundling',
								configEnvironment(name, { optimizeDeps }) {
									// A list given here would be added to Astro's.
									if (name === 'client' && optimizeDeps) optimizeDeps.include = [];
								},
							},
						],
					},
				});
			},
		},
	};
}
