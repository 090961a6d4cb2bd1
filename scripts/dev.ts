/** `npm run dev`: the playbook as its editors see it, drafts and mails included, fresh on every save. */
import { astroBin, startNode } from './astro.ts';

const child = startNode([astroBin, 'dev', ...process.argv.slice(2)], { SITE: 'playbook' });
child.stdout?.pipe(process.stdout);
child.stderr?.pipe(process.stderr);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, () => child.kill(signal));
}
child.once('close', (code) => {
	process.exitCode = code ?? 0;
});
