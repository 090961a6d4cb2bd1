import { expect, test } from 'vitest';
import { parseAddress } from './address.ts';

test.each([
	['ada@example.com', 'ada@example.com', 'ada@example.com'],
	[' Ada.L@EXAMPLE.Com ', 'Ada.L@example.com', 'ada.l@example.com'],
	['ada+news@example.com', 'ada+news@example.com', 'ada@example.com'],
	['A.d.a+x@googlemail.com', 'A.d.a+x@googlemail.com', 'ada@gmail.com'],
	["o'brien@example.co.uk", "o'brien@example.co.uk", "o'brien@example.co.uk"],
	['ada@bücher.example', 'ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
	['ada@例え.テスト', 'ada@xn--r8jz45g.xn--zckzah', 'ada@xn--r8jz45g.xn--zckzah'],
])('%j is mail for %s, in the mailbox %s', (typed, text, mailbox) => {
	expect(parseAddress(typed)).toMatchObject({ text, mailbox });
});

test.each([
	'',
	'@',
	'ada',
	'ada@com',
	'ada@1.2.3.4',
	'ada@0x7f.1',
	'ada@[::1]',
	'.ada@example.com',
	'a..da@example.com',
	'ada@-x.com',
	'ada@x-.com',
	'ada@ex_ample.com',
	'ada\u0000@example.com',
	'ada@example.com\u2028',
	'a\u00adda@example.com',
	'ädä@example.com',
	`${'a'.repeat(64)}@${'b.'.repeat(100)}com`,
])('%j is none', (typed) => {
	expect(parseAddress(typed)).toBeUndefined();
});
