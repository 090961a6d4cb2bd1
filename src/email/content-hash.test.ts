import { expect, test } from 'vitest';
import { compileIssue } from './compile.ts';
import { issueContentHash } from './content-hash.ts';
import { entry, sample } from './sample.ts';

test('is the one the message carries', () => {
	const { library, issue } = sample();
	expect(compileIssue(library, issue).contentHash).toBe(hashOf({}));
});

test.each([
	[
		'a heading in the settings',
		{
			settings: {
				headings: { action: 'A', tip: 'B', announcement: 'C', also: 'D', questions: 'E' },
			},
		},
	],
	[
		'the address of the site',
		{ settings: { sites: { staff: 'https://a.example', public: 'https://b.example' } } },
	],
	['the sign-off', { issue: { signoff: 'Bye.' } }],
	[
		'what is public',
		{
			entries: [
				entry('checklist', 'meeting', {
					title: 'Run the weekly meeting',
					summary: 'Eight points that end in a decision with an owner and a date.',
					status: 'retired',
					was: [],
				}),
			],
		},
	],
])('stays when %s changes', (_, options) => {
	expect(hashOf(options)).toBe(hashOf({}));
});

test.each([
	['the title', { issue: { title: 'Another' } }],
	['the subject', { issue: { subject: 'Another' } }],
	['the preheader', { issue: { preheader: 'Another' } }],
	['the number', { issue: { number: 6 } }],
	['the action', { tip: { action: 'Another.' } }],
	['a word of the body', { bodies: { 'tip/scoreboard': 'Another.' } }],
	[
		'the target of a link',
		{
			bodies: {
				'issue/005-numbers':
					'Somebody has a number on their mind. Could you name it?\n\n<Announcement>\n\nOur own list is free to copy. Try the [meeting list](tip/scoreboard).\n\n</Announcement>',
			},
		},
	],
	['a source', { tip: { sources: [] } }],
])('changes with %s', (_, options) => {
	expect(hashOf(options)).not.toBe(hashOf({}));
});

function hashOf(options: Parameters<typeof sample>[0]): string {
	const { library, issue } = sample(options);
	return issueContentHash(library, issue);
}
