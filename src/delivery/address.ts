/**
 * Reads what somebody typed as one plain mail address: trimmed, its domain in lower case and ASCII.
 * @returns undefined for anything else: a list, a name, quotes, comments, control characters
 */
export function parseAddress(typed: string): Address | undefined {
	if (typed.length > 1_000 || hidden.test(typed)) return undefined;
	const text = typed.trim().normalize('NFC');
	const at = text.lastIndexOf('@');
	const local = text.slice(0, at);
	const domain = asciiDomain(text.slice(at + 1));
	if (at < 1 || domain === undefined || !localForm.test(local)) return undefined;
	if (local.length > 64 || local.length + 1 + domain.length > 254) return undefined;
	return { text: `${local}@${domain}`, domain, mailbox: mailboxOf(local.toLowerCase(), domain) };
}

/** A domain as DNS knows it; undefined for an IP address, a single word, or what is no domain. */
function asciiDomain(typed: string): string | undefined {
	// Only letters, digits, dots and hyphens: a URL would take a port, a path or a login.
	if (typed === '' || !/^[\p{L}\p{N}\p{M}.-]+$/u.test(typed)) return undefined;
	const url = `http://${typed}`;
	if (!URL.canParse(url)) return undefined;
	const { hostname } = new URL(url);
	return domainForm.test(hostname) ? hostname : undefined;
}

/** Many addresses may lead to one mailbox: by a tag, and at some providers by dots. */
function mailboxOf(local: string, domain: string): string {
	const bare = local.replace(/\+.*$/, '');
	return /^(?:gmail|googlemail)\.com$/.test(domain)
		? `${bare.replaceAll('.', '')}@gmail.com`
		: `${bare}@${domain}`;
}

/** What never stands in an address that a person typed: controls, and marks that turn or hide. */
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/u;
/**
 * Letters, digits and the marks the standard allows, without those that mean something in a path, a
 * query, a header or a placeholder.
 */
const localForm = /^[A-Za-z0-9!$&'*+=^_~-]+(?:\.[A-Za-z0-9!$&'*+=^_~-]+)*$/;
const domainForm =
	/^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

export interface Address {
	/** What mail is sent to. */
	text: string;
	domain: string;
	/** The mailbox it very likely leads to, for counting only. */
	mailbox: string;
}
