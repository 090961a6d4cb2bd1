import { join } from 'node:path';
import { proofOf } from '#/email/preview/proof.ts';
import type { Proof } from '#/email/preview/proof.ts';
import { environment } from '#/environment.ts';
import { readShelf } from '#/library/shelf.ts';
import type { Shelf } from '#/library/shelf.ts';
import { UserError } from '#/user-error.ts';

/** The content as it is on disk at this moment. */
export function freshShelf(): Promise<Shelf> {
	const { contentDir, receiptsDir, cacheDir, now } = environment();
	const cache = join(cacheDir, 'library');
	return readShelf({ contentDir, receiptsDir, cacheDir: cache, audience: 'public', now });
}

/** The proof of an issue, or what keeps its mail from being made: an editor is in the middle of it. */
export function tryProof(shelf: Shelf, id: string): Proof | string {
	const site = `${shelf.settings.sites.public}/`;
	try {
		return proofOf(shelf, id, environment().contentDir, (url) =>
			// The playbook has the same pictures at an address of its own.
			url.startsWith(site) ? `/${url.slice(site.length)}`.replace(/^\/mail\//, '/pictures/') : url,
		);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return [error.message, error.hint ?? ''].join('\n').trim();
	}
}
