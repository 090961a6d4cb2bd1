import { defineConfig } from 'vitest/config';

// unit: pure, beside the code. site: what a built site or a running server shows. browser: Chromium.
export default defineConfig({
	test: {
		globalSetup: [],
		projects: [
			{ test: { name: 'unit', include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'] } },
			{
				test: {
					name: 'site',
					include: ['test/**/*.test.ts'],
					exclude: ['test/**/*.browser.test.ts'],
					testTimeout: 180_000,
					hookTimeout: 300_000,
				},
			},
			{
				test: {
					name: 'browser',
					include: ['test/**/*.browser.test.ts'],
					testTimeout: 180_000,
					hookTimeout: 300_000,
				},
			},
		],
	},
});
