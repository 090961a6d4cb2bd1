/** A text without the mail addresses in it, for screens and logs. */
export function masked(text: string): string {
	return text.replace(address, '(an address)');
}

/** Also as it stands in the path of a call. A package's `name@1.2.3` is none. */
const address =
	/[^\s<>()"'`,;:/=]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}[\p{L}\p{N}-]+/giu;
