import { expect, test } from 'vitest';
import { masked } from './masked.ts';

test.each([
	['No contact ada.byron+x@mail.example.com here.', 'No contact (an address) here.'],
	['GET /contacts/ada%40example.org failed', 'GET /contacts/(an address) failed'],
	['"Ada <ada@exämple.de>"', '"Ada <(an address)>"'],
	['/tmp/ada@example.com.csv:3', '/tmp/(an address):3'],
	['--source=ADA@EXAMPLE.COM', '--source=(an address)'],
])('takes the address out of %s', (text, clean) => {
	expect(masked(text)).toBe(clean);
});

test('leaves everything else as it is', () => {
	const text = 'at file:///srv/node_modules/@hono/node-server/x.mjs:3 vitest@5.1.1 17 @ 9.00';
	expect(masked(text)).toBe(text);
});
