/** A whole number drawn well, for rounds and for what tells equal sheets apart. */
export function random(): number {
	return crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
}
