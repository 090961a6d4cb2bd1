/**
 * The model of the protocol (docs/protocol/send.pml), searched whole. The large searches are left to
 * `npm run bench -- model --full`.
 */
import { describe, expect, test } from 'vitest';
import { environment } from '#/environment.ts';
import { variants } from '../scripts/bench/model.ts';
import { missingSpin, search } from '../scripts/bench/spin.ts';

const missing = missingSpin();
if (missing !== undefined)
	console.warn(`SKIPPED outside CI: the model of the protocol. ${missing}`);

test.runIf(environment().isCi)('Spin and a C compiler are there in CI', () => {
	expect(missing).toBeUndefined();
});

describe.skipIf(missing !== undefined)('The model of sending once', () => {
	const chosen = variants.filter(({ size }) => size !== 'large');

	test('keeps its promises in every one of at least five million states', async () => {
		let states = 0;
		for (const { name, settings, size } of chosen.filter(({ expected }) => expected === 'holds')) {
			const result = await search(settings, size === 'tiny');
			expect(result, name).toMatchObject({ found: 'holds', errors: 0 });
			states += result.states;
		}
		expect(states).toBeGreaterThanOrEqual(5_000_000);
	}, 600_000);

	test.each(chosen.filter(({ expected }) => expected !== 'holds'))(
		'fails where it must: $name → $expected',
		async ({ settings, expected }) => {
			expect(await search(settings, true)).toMatchObject({ found: expected, errors: 1 });
		},
	);
});
