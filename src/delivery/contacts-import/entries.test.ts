import { describe, expect, test } from 'vitest';
import { readEntries } from './entries.ts';

const now = new Date('2026-11-23T10:00:00Z');

function read(...lines: string[]) {
	return readEntries(new TextEncoder().encode(`${lines.join('\n')}\n`), now);
}

/** The lines taken, and the reasons of the others. */
function outcome(...lines: string[]) {
	const { entries, refused, columns } = read(...lines);
	return {
		format: columns.format,
		taken: entries.map(({ line }) => line),
		refused: refused.map(({ line, reason }) => `${line} ${reason}`),
	};
}

describe('exports', () => {
	test('Ghost: who takes no mails is out', () => {
		expect(
			outcome(
				'id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers',
				'1,ada@example.com,Ada,,true,false,,2024-01-15T10:00:00.000Z,,,',
				'2,bob@example.com,Bob,,false,false,,2024-01-15T10:00:00.000Z,,,',
				'3,cy@example.com,Cy,,true,false,,2024-01-15T10:00:00.000Z,2025-01-01T00:00:00.000Z,,',
			),
		).toEqual({ format: 'Ghost', taken: [2], refused: ['3 file-out', '4 file-out'] });
	});

	test('listmonk: only the enabled are in', () => {
		expect(
			outcome(
				'uuid,email,name,attributes,status,created_at,updated_at',
				'u1,ada@example.com,Ada,"{""city"": ""Leeds""}",enabled,2021-07-11 12:34:56.789 +0000 UTC,x',
				'u2,bob@example.com,Bob,{},blocklisted,2021-07-11 12:34:56 +0000 UTC,x',
				'u3,cy@example.com,Cy,{},disabled,2021-07-11 12:34:56 +0000 UTC,x',
			),
		).toEqual({ format: 'listmonk', taken: [2], refused: ['3 file-out', '4 file-out'] });
	});

	test.each([
		['email_address', 'type'],
		['email', 'subscriber_type'],
	])('Buttondown with %s and %s: who never confirmed is told from who left', (email, type) => {
		expect(
			outcome(
				`id,${email},notes,creation_date,${type},unsubscription_date,tags`,
				'1,ada@example.com,,2024-01-15T10:00:00Z,regular,,',
				'2,bob@example.com,,2024-01-15T10:00:00Z,unactivated,,',
				'3,cy@example.com,,2024-01-15T10:00:00Z,unsubscribed,,',
				'4,di@example.com,,2024-01-15T10:00:00Z,regular,2025-01-01,',
				'5,ed@example.com,,2024-01-15T10:00:00Z,a-word-of-next-year,,',
			),
		).toEqual({
			format: 'Buttondown',
			taken: [2],
			refused: ['3 file-unconfirmed', '4 file-out', '5 file-out', '6 file-out'],
		});
	});

	test('Substack: who pays nothing is a reader all the same', () => {
		expect(
			outcome(
				'email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at',
				'ada@example.com,false,,other,false,2024-01-15T10:00:00.000Z,',
				'bob@example.com,true,,yearly,true,2024-01-15T10:00:00.000Z,',
			),
		).toEqual({ format: 'Substack', taken: [2], refused: ['3 file-out'] });
	});

	test('Mailchimp: the confirmation counts, else the sign-up; the files of who left are known', () => {
		const head = 'Email Address,First Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,LEID';
		const mixed = read(
			head,
			'ada@example.com,Ada,2,"2016-04-18 13:51:14",,"2016-04-19 00:00:00",1',
			'bob@example.com,Bob,2,"2016-04-18 13:51:14",,,2',
			'cy@example.com,Cy,2,,,,3',
		);
		expect(mixed.entries.map(({ consentAt }) => new Date(consentAt * 1000).toISOString())).toEqual([
			'2016-04-19T00:00:00.000Z',
			'2016-04-18T13:51:14.000Z',
		]);
		expect(mixed.refused).toEqual([{ line: 4, reason: 'no-date' }]);
		for (const column of ['UNSUB_TIME', 'CLEAN_TIME']) {
			expect(
				outcome(`${head},${column}`, 'di@example.com,Di,2,,,2016-04-19,4,2020-01-01'),
			).toMatchObject({ format: 'Mailchimp', refused: ['2 file-out'] });
		}
	});

	test('Resend: who left everything is out', () => {
		expect(
			outcome(
				'id,created_at,first_name,last_name,email,unsubscribed',
				'1,2025-10-17 16:47:19.18697+00:00,Ada,,ada@example.com,false',
				'2,2025-10-17 16:47:19.18697+00:00,Bob,,bob@example.com,true',
			),
		).toEqual({ format: 'Resend', taken: [2], refused: ['3 file-out'] });
	});

	test('any other file names the day of consent itself, and that goes before an export’s own', () => {
		expect(outcome('E-mail;consent_at', 'ada@example.com;2024-01-15')).toEqual({
			format: 'plain',
			taken: [2],
			refused: [],
		});
		const ghost = read(
			'email,subscribed_to_emails,created_at,consent_at',
			'ada@example.com,true,2024-01-15,2023-05-01',
			'bob@example.com,true,2024-01-15,',
		);
		expect(ghost.columns.consent).toEqual(['consent_at']);
		expect(ghost.entries.map(({ consentAt }) => consentAt)).toEqual([
			Date.parse('2023-05-01T00:00:00Z') / 1000,
		]);
		expect(ghost.refused).toEqual([{ line: 3, reason: 'no-date' }]);
	});

	test.each([
		['email,name'],
		['name,consent_at'],
		['ada@example.com,2024-01-15'],
		['email,consent_at,email'],
	])('a first line %j is refused, and not repeated', (head) => {
		expect(() => read(head, 'ada@example.com,2024-01-15,x')).toThrow(/first line|there twice/);
		expect(() => read(head, 'x')).not.toThrow('ada@example.com');
	});
});

test('one line that says somebody left counts more than those that say they are in', () => {
	const head = 'email,subscribed_to_emails,created_at';
	const rows = [
		'Ada@example.com,true,2024-01-15',
		'ada@example.com,true,2024-02-15',
		'ADA@EXAMPLE.COM,false,2024-03-15',
	];
	for (const order of [rows, rows.toReversed()]) {
		expect(read(head, ...order).entries).toEqual([]);
	}
});

test('every line is either taken or refused with a reason, and each person once', () => {
	const { entries, refused, rows } = read(
		'email,consent_at',
		'ada@example.com,2024-01-15',
		'ADA@example.com,2024-01-15',
		'not an address,2024-01-15',
		'a@example.com b@example.com,2024-01-15',
		'bob@example.com',
		'cy@example.com,2030-01-01',
		'di@example.com,',
		'',
		"'+49@example.com,2024-01-15",
	);
	expect(rows).toBe(8);
	expect(entries.map(({ line, address }) => `${line} ${address}`)).toEqual([
		'2 ada@example.com',
		'10 +49@example.com',
	]);
	expect(refused.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
		'3 twice',
		'4 address',
		'5 address',
		'6 width',
		'7 future-date',
		'8 no-date',
	]);
});
