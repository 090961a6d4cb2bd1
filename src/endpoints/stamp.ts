import { z } from 'zod';
import type { Ports } from './ports.ts';

/**
 * Marks a form with the time it was made.
 * @param address - binds it to one address, for somebody who may wait instead of solving the puzzle
 */
export async function mintStamp(ports: Ports, address?: string): Promise<string> {
	const iat = Math.floor(ports.now().getTime() / 1000);
	const facts = address === undefined ? {} : { a: await nameOf(address, ports) };
	return ports.tokens.mint('form', facts, { iat, exp: iat + ports.choices.stampSeconds.most });
}

/** Whether a form is of an age at which people send forms; `early` ones may be sent once more. */
export async function readStamp(stamp: string, address: string, ports: Ports): Promise<Stamp> {
	const opened = await ports.tokens.open('form', stamp, ports.now());
	if (!opened) return { age: 'none' };
	const seconds = ports.now().getTime() / 1000 - opened.iat;
	const age = seconds < ports.choices.stampSeconds.least ? 'early' : 'good';
	const facts = factsSchema.safeParse(opened.facts);
	const isBound = facts.success && facts.data.a === (await nameOf(address, ports));
	const hasWaited = isBound && seconds >= ports.choices.waitSeconds;
	return { age, isBound, waited: hasWaited ? opened : undefined };
}

function nameOf(address: string, ports: Ports): Promise<string> {
	return ports.tokens.name('form', ['stamp', address.toLowerCase()]);
}

const factsSchema = z.strictObject({ a: z.string() });

type Stamp =
	| { age: 'none' }
	| {
			age: 'good' | 'early';
			/** True where it was made for this address. */
			isBound: boolean;
			/** There where it was made for this address, and long enough ago. */
			waited: { id: string; exp: number } | undefined;
	  };
