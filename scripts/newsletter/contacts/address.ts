import { createInterface } from 'node:readline/promises';
import { parseAddress } from '#/delivery/address.ts';
import { UserError } from '#/user-error.ts';

/**
 * The address a command is about: as typed after it, or asked for. npm repeats in its output and its
 * logs what is typed after a command; what is asked for it never sees.
 * @throws UserError for what is no address; it does not repeat it
 */
export async function addressOf(word: string | undefined): Promise<string> {
	const typed = word === undefined || word === '-' ? await ask() : word;
	const text = typed.trim();
	// Somebody may be in the list with an address that no form here takes.
	const address = parseAddress(text)?.text ?? (/^[^\s@]+@[^\s@]+$/.test(text) ? text : undefined);
	if (address !== undefined) return address;
	throw new UserError('That is no mail address.', 'Write it alone, without a name or brackets.');
}

async function ask(): Promise<string> {
	const { stdin, stderr } = process;
	if (stdin.isTTY) stderr.write('Address: ');
	const lines = createInterface({ input: stdin });
	try {
		for await (const line of lines) return line;
		return '';
	} finally {
		lines.close();
	}
}
