import { expect, test } from 'vitest';
import type { AstroIntegration } from 'astro';
import { noPrebundling } from './no-prebundling.ts';

test('a build bundles nothing for a browser that is not there', () => {
	const client = { optimizeDeps: { include: ['astro > html-escaper'] } };
	const [plugin] = pluginsOf('build');
	plugin?.configEnvironment('client', client);
	expect(client.optimizeDeps.include).toEqual([]);
});

test('the development server keeps what it bundles', () => {
	expect(pluginsOf('dev')).toEqual([]);
});

function pluginsOf(command: 'build' | 'dev'): { configEnvironment: Configure }[] {
	const found: { configEnvironment: Configure }[] = [];
	const hook = noPrebundling().hooks['astro:config:setup'];
	type Given = Parameters<NonNullable<AstroIntegration['hooks']['astro:config:setup']>>[0];
	void hook?.({
		command,
		// The hook gives Vite plugins of this one shape.
		updateConfig: ({ vite }: { vite?: { plugins?: unknown } }) =>
			found.push(...((vite?.plugins ?? []) as typeof found)),
		// It asks for nothing else.
	} as unknown as Given);
	return found;
}

type Configure = (name: string, options: { optimizeDeps?: { include?: string[] } }) => void;
