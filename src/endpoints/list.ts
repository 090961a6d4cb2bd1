import { z } from 'zod';
import type { List } from '#/delivery/subscription.ts';
import type { OpenToken } from '#/delivery/token.ts';
import type { Ports } from './ports.ts';

/** The list as joining and leaving see it. */
export function listOf(ports: Ports): List {
	const { contacts, audience, now } = ports;
	return {
		contacts,
		now,
		segmentId: audience.segmentId,
		topics: audience.topics.map(({ id }) => id),
	};
}

/**
 * A token about one person: `unsub` never ends, the others end after an hour.
 * @param more - what else it is bound to
 */
export function mintPersonal(
	purpose: 'unsub' | 'prefs' | 'undo',
	personId: string,
	more: { l?: number },
	ports: Ports,
): Promise<string> {
	const iat = Math.floor(ports.now().getTime() / 1000);
	const facts = { c: personId, n: ports.settings.delivery.site, ...more };
	return ports.tokens.mint(purpose, facts, { iat, exp: purpose === 'unsub' ? 0 : iat + 3600 });
}

/** Reads a token about one person; undefined for any other. */
export async function openPersonal(
	purpose: 'unsub' | 'prefs' | 'undo',
	token: string,
	ports: Ports,
): Promise<Personal | undefined> {
	const opened = await ports.tokens.open(purpose, token, ports.now());
	const facts = factsSchema.safeParse(opened?.facts);
	if (!opened || !facts.success || facts.data.n !== ports.settings.delivery.site) return undefined;
	return { personId: facts.data.c, leftAt: facts.data.l, iat: opened.iat };
}

const factsSchema = z.strictObject({ c: z.string(), n: z.string(), l: z.number().optional() });

interface Personal extends Pick<OpenToken, 'iat'> {
	personId: string;
	/** The leaving it may undo. */
	leftAt: number | undefined;
}
