/**
 * Reads a `srcset` as browsers do: an address runs to the next white space, a comma ends a
 * candidate, and one descriptor (`568w` or `2x`) may stand between them.
 * @returns every address, and what is wrong with the list, if anything
 */
export function candidatesOf(text: string): { addresses: string[]; fault: string | undefined } {
	const addresses: string[] = [];
	const descriptors: string[] = [];
	let fault: string | undefined;
	let rest = text;
	while ((rest = rest.replace(/^[\s,]+/, '')) !== '') {
		const run = /^\S+/.exec(rest)?.[0] ?? '';
		rest = rest.slice(run.length);
		const address = run.replace(/,+$/, '');
		addresses.push(address);
		let descriptor = '';
		if (address === run) {
			const end = rest.indexOf(',');
			descriptor = (end < 0 ? rest : rest.slice(0, end)).trim();
			rest = end < 0 ? '' : rest.slice(end + 1);
		}
		if (!/^(?:|[1-9]\d*w|\d+(?:\.\d+)?x)$/.test(descriptor)) {
			fault ??= `"${descriptor}" is neither a width such as 568w nor a density such as 2x`;
		}
		descriptors.push(descriptor === '' ? '1x' : descriptor);
	}
	if (addresses.length === 0) fault ??= 'it is empty';
	if (new Set(descriptors.map((one) => one.slice(-1))).size > 1) {
		fault ??= 'it mixes widths and densities';
	}
	if (new Set(descriptors).size < descriptors.length) fault ??= 'two pictures have the same size';
	return { addresses, fault };
}
