/**
 * A calendar of its own for tests of days: counted with the rules of the Gregorian calendar in whole
 * numbers, without the platform's dates that the code under test counts with.
 */

/** Days of a month, 1 to 12. */
export function daysIn(year: number, month: number): number {
	if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
	return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Every day from one to another, both included, in order. */
export function daysFrom(first: string, last: string): string[] {
	const days: string[] = [];
	for (let day = first; day <= last; day = dayAfter(day)) days.push(day);
	return days;
}

/** The day after a day. */
function dayAfter(day: string): string {
	const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
	if (date < daysIn(year, month)) return written(year, month, date + 1);
	return month < 12 ? written(year, month + 1, 1) : written(year + 1, 1, 1);
}

/** The same date some months later; where that month is too short, its last day. */
export function monthsAfter(day: string, months: number): string {
	const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
	const count = year * 12 + (month - 1) + months;
	const there = { year: Math.floor(count / 12), month: (count % 12) + 1 };
	return written(there.year, there.month, Math.min(date, daysIn(there.year, there.month)));
}

function written(year: number, month: number, date: number): string {
	return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}
