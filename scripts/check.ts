/** `npm run check`: content, types, lint, format, dead code. Runs all of them, then says what failed. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { styleText } from 'node:util';
import { runNode, root } from './astro.ts';

const steps: readonly Step[] = [
	{ name: 'content', args: [join(root, 'scripts/content.ts'), 'check'] },
	// One run covers the pages of both sites: they share one tsconfig.
	{ name: 'types', args: [bin('astro'), 'check'] },
	{ name: 'lint', args: [bin('oxlint'), '--deny-warnings'] },
	{ name: 'format', args: [bin('oxfmt'), '--check', '.'] },
	{ name: 'dead code', args: [bin('knip')] },
];

const failed: string[] = [];
for (const { name, args } of steps) {
	const { code, output } = await runNode(args, {});
	console.log(`${code === 0 ? styleText('green', 'passed') : styleText('red', 'failed')}  ${name}`);
	if (code === 0) continue;
	failed.push(name);
	console.log(output);
}
console.log(
	failed.length === 0 ? `All ${steps.length} checks passed.` : `Failed: ${failed.join(', ')}.`,
);
if (failed.length > 0) process.exitCode = 1;

/** The file a package's command runs. */
function bin(name: string): string {
	const require = createRequire(import.meta.url);
	const manifest = join(root, 'node_modules', name, 'package.json');
	// A package's manifest has a `bin`: one file, or one for each command.
	const { bin: files } = require(manifest) as { bin: string | Record<string, string> };
	const file = typeof files === 'string' ? files : files[name];
	if (file === undefined) throw new Error(`The package ${name} has no command ${name}.`);
	return join(dirname(manifest), file);
}

interface Step {
	name: string;
	args: string[];
}
