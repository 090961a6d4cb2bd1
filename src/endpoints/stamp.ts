import type { Ports } from './ports.ts';

/** Marks a form with the time it was made. */
export function mintStamp(ports: Ports): Promise<string> {
	const iat = Math.floor(ports.now().getTime() / 1000);
	return ports.tokens.mint('form', {}, { iat, exp: iat + ports.choices.stampSeconds.most });
}

/** Whether a form is of an age at which people send forms; `early` ones may be sent once more. */
export async function readStamp(stamp: string, ports: Ports): Promise<'good' | 'early' | 'none'> {
	const opened = await ports.tokens.open('form', stamp, ports.now());
	if (!opened) return 'none';
	const age = ports.now().getTime() / 1000 - opened.iat;
	return age < ports.choices.stampSeconds.least ? 'early' : 'good';
}
