/**
 * Writes an instant as the live API did when it was recorded: `2025-10-17 16:47:19.18697+00`,
 * microseconds without trailing zeros, no fraction when it is zero.
 * @param micros microseconds since 1970 UTC
 */
export function recordedForm(micros: number): string {
	const iso = new Date(Math.floor(micros / 1000)).toISOString();
	const fraction = String(((micros % 1_000_000) + 1_000_000) % 1_000_000)
		.padStart(6, '0')
		.replace(/0+$/, '');
	return `${iso.slice(0, 10)} ${iso.slice(11, 19)}${fraction && `.${fraction}`}+00`;
}

/**
 * Reads a `scheduled_at`: an ISO instant, or a distance such as `in 2 days`. Returns milliseconds
 * since 1970, or null for anything else.
 */
export function readInstant(text: string, now: number): number | null {
	const distance = /^in (\d+|an?) (second|sec|minute|min|hour|day|week)s?$/i.exec(text.trim());
	if (distance) {
		const count = /^an?$/i.test(distance[1] ?? '') ? 1 : Number(distance[1]);
		const unit = UNITS[(distance[2] ?? '').toLowerCase()] ?? 0;
		return now + count * unit;
	}
	if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text))
		return null;
	const at = Date.parse(text);
	return Number.isNaN(at) ? null : at;
}

const UNITS: Record<string, number> = {
	second: 1000,
	sec: 1000,
	minute: 60_000,
	min: 60_000,
	hour: 3_600_000,
	day: 86_400_000,
	week: 604_800_000,
};
