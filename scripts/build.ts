/** `npm run build`: both sites and the outbox, from one content folder. */
import { relative } from 'node:path';
import { environment } from '#/environment.ts';
import { buildSites } from './sites.ts';
import { report } from './run.ts';

try {
	const { outDir } = environment();
	await buildSites({});
	const folder = relative(process.cwd(), outDir) || '.';
	console.log(
		`${folder}/playbook for staff, ${folder}/newsletter for the public, ${folder}/outbox for the mails.`,
	);
} catch (error) {
	report(error);
}
