/** Builders for the tests of sending: whole facts with one obvious default each. */
import type { Receipt } from './receipt.ts';

/** The receipt of issue 017, with what differs. */
export function sampleReceipt(change: Partial<Receipt> = {}): Receipt {
	return {
		v: 1,
		site: 'tandem',
		issue: '017',
		attempt: 1,
		broadcast: '5f0c0000-0000',
		payloadHash: 'a'.repeat(64),
		contentHash: 'b'.repeat(64),
		planned: {
			local: '2026-11-24T09:00',
			zone: 'Europe/Berlin',
			utc: '2026-11-24T08:00:00Z',
			tz: '2026c',
		},
		audience: { segment: '78261eea', topic: 'b6d24b8e', upTo: 412 },
		chosenAt: '2026-11-23T10:04:11Z',
		runner: 'ci:1234567',
		tool: 'tandem 1.0.0',
		...change,
	};
}
