/** Reads a raw message as far as the rules on it need: headers, parts and line ends. */

/** @param text - the message; a character is a byte, as in `latin1` */
export function readSource(text: string): MailSource {
	const end = text.indexOf('\r\n\r\n');
	const head = end < 0 ? text : text.slice(0, end);
	const headers = readHeaders(head);
	const type = headerOf(headers, 'content-type') ?? '';
	const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
	const body = end < 0 ? '' : text.slice(end + 4);
	return { text, head, headers, parts: boundary === undefined ? [] : readParts(body, boundary) };
}

/** The value of a header, its name given in lower case. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
	return headers.find((header) => header.name === name)?.value;
}

function readHeaders(head: string): Header[] {
	return head
		.replace(/\r\n(?=[ \t])/g, '')
		.split('\r\n')
		.flatMap((line) => {
			const colon = line.indexOf(':');
			if (colon < 1) return [];
			return [{ name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() }];
		});
}

function readParts(body: string, boundary: string): SourcePart[] {
	return `\r\n${body}`
		.split(`\r\n--${boundary}`)
		.slice(1)
		.filter((part) => !part.startsWith('--'))
		.map((part) => {
			const text = part.replace(/^\r\n/, '');
			const end = text.indexOf('\r\n\r\n');
			return {
				headers: readHeaders(end < 0 ? text : text.slice(0, end)),
				body: end < 0 ? '' : text.slice(end + 4),
			};
		});
}

export interface MailSource {
	text: string;
	/** The header lines, still folded. */
	head: string;
	headers: Header[];
	/** Empty where the message is not of several parts. */
	parts: SourcePart[];
}

interface Header {
	/** Lower case. */
	name: string;
	/** Unfolded. */
	value: string;
}

interface SourcePart {
	headers: Header[];
	/** As encoded. */
	body: string;
}
