/**
 * Year and week by the rule of ISO 8601: the week belongs to the year its Thursday lies in. An
 * oracle for the tests of the week, which is counted otherwise there.
 */
export function isoWeek(instant: Date, zone: string): string {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		calendar: 'iso8601',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
	}).formatToParts(instant);
	const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
	const day = new Date(Date.UTC(read('year'), read('month') - 1, read('day')));
	const thursday = new Date(day);
	thursday.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
	const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
	return `${thursday.getUTCFullYear()}-${Math.floor((thursday.getTime() - first) / 86_400_000 / 7)}`;
}
