/** What a domain's DMARC record says to the world, as far as a newsletter's mail depends on it. */

/**
 * Looks a domain's DMARC record up: at the domain itself, then at the domains above it.
 * Never fails: where nobody could be asked, that is what is said.
 */
export async function lookUpDmarc(domain: string, dns: Dns): Promise<Dmarc> {
	const labels = domain.split('.');
	let unknown: string | undefined;
	for (let skip = 0; skip <= labels.length - 2; skip++) {
		const at = `_dmarc.${labels.slice(skip).join('.')}`;
		const answer = await dns.txt(at);
		if (answer.kind === 'unknown') unknown = answer.reason;
		if (answer.kind !== 'found') continue;
		const records = answer.records.filter((text) => /^\s*v=DMARC1\s*(;|$)/i.test(text));
		const [record] = records;
		if (record === undefined) continue;
		if (records.length > 1) return { kind: 'invalid', at, reason: 'there are two records' };
		return policyOf(record, at, skip > 0);
	}
	return unknown === undefined ? { kind: 'none' } : { kind: 'unknown', reason: unknown };
}

/** @param isAbove - the record is that of a domain above, whose `sp` counts for this one */
function policyOf(record: string, at: string, isAbove: boolean): Dmarc {
	const tags = new Map(
		record.split(';').map((part): [string, string] => {
			const [name = '', value = ''] = part.split('=', 2);
			return [name.trim().toLowerCase(), value.trim().toLowerCase()];
		}),
	);
	const policy = (isAbove ? tags.get('sp') : undefined) ?? tags.get('p');
	return policy === 'none' || policy === 'quarantine' || policy === 'reject'
		? { kind: 'found', at, policy }
		: { kind: 'invalid', at, reason: `its policy is "${policy ?? ''}"` };
}

/** The domain name system. */
export interface Dns {
	/** The TXT records of a name, each with its parts joined. Resolves whatever happens. */
	txt(name: string): Promise<DnsAnswer>;
}

type DnsAnswer =
	| { kind: 'found'; records: string[] }
	/** The name has none. */
	| { kind: 'none' }
	/** Nobody answered. */
	| { kind: 'unknown'; reason: string };

export type Dmarc =
	| { kind: 'found'; at: string; policy: 'none' | 'quarantine' | 'reject' }
	| { kind: 'invalid'; at: string; reason: string }
	| { kind: 'none' }
	| { kind: 'unknown'; reason: string };
