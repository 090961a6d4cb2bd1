/**
 * Why the law of a zone differs between two versions of the zone database, as far as that is listed.
 * A version newer than the list is a reason for every zone.
 * @param one - `2026c`; the order does not matter
 */
export function reasonsBetween(one: string, other: string): (zone: string) => string | undefined {
	const [older = '', newer = ''] = [one, other].toSorted();
	const newest = changes.at(-1)?.since ?? '';
	const reasons = new Map(
		changes
			.filter(({ since }) => since > older && since <= newer)
			.flatMap(({ since, zones: names, reason }) =>
				names.map((name): [string, string] => [name, `${since}: ${reason}`]),
			),
	);
	const unknown =
		newer > newest ? `${newer} is newer than the list, which ends at ${newest}` : undefined;
	return (zone) => reasons.get(zone) ?? unknown;
}

/** What the news of the zone database say of these ten years, by version. */
const changes = [
	{
		since: '2026a',
		zones: ['Europe/Chisinau', 'Europe/Tiraspol'],
		reason: 'Moldova changes its clocks at the same instant as the EU',
	},
	{
		since: '2026b',
		zones: ['America/Vancouver', 'Canada/Pacific'],
		reason: 'British Columbia stays at -07',
	},
	{
		since: '2026c',
		zones: ['America/Edmonton', 'America/Yellowknife', 'Canada/Mountain'],
		reason: 'Alberta stays at -06',
	},
	{
		since: '2026c',
		zones: ['Africa/Casablanca', 'Africa/El_Aaiun'],
		reason: 'Morocco stays at +00',
	},
	{
		since: '2026d',
		zones: ['America/Inuvik'],
		reason: 'the Northwest Territories stay at -06',
	},
	{
		since: '2026e',
		zones: ['America/Winnipeg', 'America/Rainy_River', 'Canada/Central'],
		reason: 'Manitoba stays at -05',
	},
	{
		since: '2026f',
		zones: ['America/Havana', 'Cuba'],
		reason: 'Cuba stays at -04 for a year',
	},
] as const;
