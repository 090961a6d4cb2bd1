import { expect, test } from 'vitest';
import { settingsSchema } from '#/settings.ts';
import { choicesOf } from './choices.ts';

test('what the settings say of joining is what the endpoints do', () => {
	const subscriptions = settingsSchema.shape.subscriptions.parse({
		windowHours: 6,
		validHours: 12,
		welcome: false,
		puzzle: 'always',
		limits: {
			perClientMinute: 1,
			perClientHour: 2,
			perDomainHour: 3,
			perHour: 4,
			perHourSolved: 5,
			perHourWaited: 6,
			perDay: 7,
			perMailboxDay: 8,
		},
	});
	expect(choicesOf({ subscriptions })).toMatchObject({
		windowHours: 6,
		validHours: 12,
		hasWelcome: false,
		limits: {
			puzzle: 'always',
			perClient: { minute: 1, hour: 2 },
			perDomainHour: 3,
			perHour: 4,
			perHourSolved: 5,
			perHourWaited: 6,
			perDay: 7,
			perMailbox: 8,
		},
	});
});
