import { describe, expect, test } from 'vitest';
import { isPublicAddress } from './site.ts';

describe('isPublicAddress', () => {
	test.each([
		'127.0.0.1',
		'10.1.2.3',
		'172.31.255.255',
		'192.168.0.1',
		'169.254.169.254',
		'100.64.0.1',
		'0.0.0.0',
		'255.255.255.255',
		'::1',
		'::',
		'fd00::1',
		'fe80::1',
		'::ffff:127.0.0.1',
		'::ffff:8.8.8.8',
		'64:ff9b::a00:1',
		'2002:7f00:1::',
	])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));

	test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::5'])(
		'%s is',
		(address) => expect(isPublicAddress(address)).toBe(true),
	);
});
