/** Just enough of HTML to read attributes out of documents that this program itself has written. */

/** The start tags of an element, `<meta name="a">`, as they stand. */
export function tagsOf(html: string, element: string): string[] {
	return html.match(new RegExp(`<${element}(?=[\\s/>])(?:"[^"]*"|'[^']*'|[^>"'])*>`, 'gi')) ?? [];
}

/** The value of an attribute of a start tag, its character references read. */
export function attributeOf(tag: string, name: string): string | undefined {
	const found = new RegExp(
		`[\\s"'/]${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`,
		'i',
	).exec(tag);
	const value = found?.[1] ?? found?.[2] ?? found?.[3];
	return value === undefined ? undefined : readReferences(value);
}

/** Every address in an attribute of this name, whatever the element, comments for Outlook included. */
export function valuesOf(html: string, name: string): string[] {
	return [
		...html.matchAll(new RegExp(`[\\s"'/]${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'gi')),
	].map((match) => readReferences(match[1] ?? match[2] ?? ''));
}

function readReferences(value: string): string {
	return value
		.replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex?: string, decimal?: string) => {
			const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
			return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
		})
		.replace(/&(lt|gt|quot|apos);/g, (_whole, name: string) => references[name] ?? '')
		.replaceAll('&amp;', '&');
}

const references: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'" };
