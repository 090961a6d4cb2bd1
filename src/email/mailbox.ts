/** A name and an address as a mail header takes them: in quotation marks where the name needs it. */
export function mailbox(name: string, address: string): string {
	const shown = /["(),.:;<>@[\\\]]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
	return `${shown} <${address}>`;
}
