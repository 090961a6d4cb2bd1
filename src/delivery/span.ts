/** A number of hours in words, whole days as days: `an hour`, `two days`, `36 hours`. */
export function spanOf(hours: number): string {
	if (hours === 1) return 'an hour';
	if (hours % 24 !== 0) return `${hours} hours`;
	const days = hours / 24;
	return days === 1 ? 'a day' : `${numerals[days] ?? days} days`;
}

const numerals = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'];
