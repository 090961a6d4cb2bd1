import { expect, test } from 'vitest';
import { lookUpDmarc } from './dmarc.ts';
import type { Dns } from './dmarc.ts';

/** A world that knows these names and no other. */
function dnsOf(zone: Record<string, string[]>): Dns {
	return {
		txt: (name) => {
			const records = zone[name];
			return Promise.resolve(records ? { kind: 'found', records } : { kind: 'none' });
		},
	};
}

test('reads the policy of the domain itself, whatever stands beside it', async () => {
	const dns = dnsOf({
		'_dmarc.news.example.com': ['other=1', 'v=DMARC1; p=Quarantine; rua=mailto:x@example.com'],
	});
	expect(await lookUpDmarc('news.example.com', dns)).toEqual({
		kind: 'found',
		at: '_dmarc.news.example.com',
		policy: 'quarantine',
	});
});

test('falls back on the domain above, and on what that says for those below it', async () => {
	const above = dnsOf({ '_dmarc.example.com': ['v=DMARC1;p=reject'] });
	expect(await lookUpDmarc('news.example.com', above)).toMatchObject({ policy: 'reject' });
	const below = dnsOf({ '_dmarc.example.com': ['v=DMARC1; p=reject; sp=none'] });
	expect(await lookUpDmarc('news.example.com', below)).toMatchObject({ policy: 'none' });
	expect(await lookUpDmarc('example.com', below)).toMatchObject({ policy: 'reject' });
});

test('never asks a whole top-level domain', async () => {
	const asked: string[] = [];
	const dns: Dns = {
		txt: (name) => {
			asked.push(name);
			return Promise.resolve({ kind: 'none' });
		},
	};
	expect(await lookUpDmarc('news.example.com', dns)).toEqual({ kind: 'none' });
	expect(asked).toEqual(['_dmarc.news.example.com', '_dmarc.example.com']);
});

test.each([
	[['v=DMARC1; p=none', 'v=DMARC1; p=reject'], 'two records'],
	[['v=DMARC1'], 'policy is ""'],
	[['v=DMARC1; p=some'], 'policy is "some"'],
])('%j is no valid record', async (records, words) => {
	const found = await lookUpDmarc('example.com', dnsOf({ '_dmarc.example.com': records }));
	expect(found).toMatchObject({ kind: 'invalid', reason: expect.stringContaining(words) });
});

test('offline, says that nobody knows', async () => {
	const dns: Dns = { txt: () => Promise.resolve({ kind: 'unknown', reason: 'no answer' }) };
	expect(await lookUpDmarc('example.com', dns)).toEqual({ kind: 'unknown', reason: 'no answer' });
});
