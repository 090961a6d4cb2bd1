import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseSettings, readSettings } from './settings.ts';
import { UserError } from './user-error.ts';

const source = readFileSync('content/settings.yaml', 'utf8');

describe('parseSettings', () => {
	test('reads the settings that come with the project', () => {
		expect(parseSettings(source)).toMatchObject({
			sendWeekday: 'tuesday',
			minTeam: 4,
			openArchive: false,
		});
	});

	test('without a word about joining everything is as the specification says', () => {
		const silent = source.replace(/^subscriptions:\n(?: .*\n)+/m, '');
		expect(silent).not.toContain('windowHours');
		expect(parseSettings(silent).subscriptions).toEqual({
			windowHours: 24,
			validHours: 48,
			welcome: true,
			puzzle: 'off',
			limits: {
				perClientMinute: 5,
				perClientHour: 20,
				perDomainHour: 60,
				perHour: 500,
				perHourSolved: 500,
				perHourWaited: 60,
				perMailboxDay: 3,
			},
		});
	});

	test.each([
		['an unknown field', 'firm:', 'colour: red\nfirm:', 2, 'colour'],
		['a missing field', /^publication:.*\n/m, '', 1, 'publication'],
		['a weekday that is none', 'sendWeekday: tuesday', 'sendWeekday: someday', 8, 'sendWeekday'],
		['a time that is none', "sendTime: '09:00'", "sendTime: '9am'", 9, 'sendTime'],
		['a zone that is none', 'Europe/London', 'Europe/Larkfield', 10, 'timeZone'],
		['a sender without an address', 'letter@news.larkfield.example', 'letter', 13, 'from.address'],
		[
			'a reply address nobody reads',
			'editor@larkfield.example',
			'noreply@larkfield.example',
			14,
			'replyTo',
		],
		[
			'another nobody reads',
			'editor@larkfield.example',
			'No-Reply@larkfield.example',
			14,
			'replyTo',
		],
		[
			'a site without a scheme',
			'https://news.larkfield.example',
			'news.larkfield.example',
			18,
			'sites.public',
		],
		['a team smaller than four', 'minTeam: 4', 'minTeam: 3', 28, 'minTeam'],
		['a mail larger than mail programs show', 'htmlMaxKb: 90', 'htmlMaxKb: 120', 30, 'htmlMaxKb'],
		['an acronym in small letters', '[UK, PDF', '[uk, PDF', 32, 'acronyms.0'],
		['a series of one part', 'length: 3', 'length: 1', 36, 'series.0.length'],
		[
			'a window that fits no day',
			'windowHours: 24',
			'windowHours: 36',
			44,
			'subscriptions.windowHours',
		],
		['a link without an end', 'validHours: 48', 'validHours: 0', 45, 'subscriptions.validHours'],
		['a puzzle that is none', 'puzzle: busy', 'puzzle: on', 47, 'subscriptions.puzzle'],
		['a cap of nobody', 'perHour: 500', 'perHour: 0', 52, 'subscriptions.limits.perHour'],
		[
			'more in a minute than in its hour',
			'perClientHour: 20',
			'perClientHour: 4',
			50,
			'subscriptions.limits.perClientHour',
		],
		['an unknown cap', 'perHour: 500', 'perhour: 500', 52, 'subscriptions.limits.perhour'],
		[
			'a line break in a sender',
			'name: Common Ground by Larkfield',
			'name: "a\\r\\nBcc: x"',
			12,
			'from.name',
		],
	])('names the line and the field of %s', (_, find, replace, line, field) => {
		expect(source).toMatch(find);
		const message = messageOf(source.replace(find, replace));
		expect(message).toMatch(
			new RegExp(`^settings\\.yaml:${line} ${field.replaceAll('.', '\\.')}: `),
		);
	});

	test('names every wrong field at once', () => {
		const broken = source.replace('tuesday', 'x').replace('minTeam: 4', 'minTeam: 1');
		expect(messageOf(broken).split('\n')).toHaveLength(2);
	});

	test('says where the file is no YAML', () => {
		expect(messageOf('firm: "x')).toMatch(/^settings\.yaml:1:9 is not YAML: /);
	});

	test('says so where a bold text is taken for a pointer to another field', () => {
		const message = messageOf(source.replace(/^firm: .*$/m, 'firm: *Larkfield*'));
		expect(message).toMatch(/^settings\.yaml:2:7 /);
	});

	test('cuts the slash off a site’s address', () => {
		const { sites } = parseSettings(
			source.replace('https://news.larkfield.example', 'https://news.larkfield.example/'),
		);
		expect(sites.public).toBe('https://news.larkfield.example');
	});
});

test('readSettings says where it looked in vain', () => {
	expect(() => readSettings('/nowhere')).toThrow('settings.yaml: not found in /nowhere.');
});

function messageOf(text: string): string {
	try {
		parseSettings(text);
	} catch (error) {
		if (error instanceof UserError) return error.message;
		throw error;
	}
	throw new Error('The settings hold.');
}
