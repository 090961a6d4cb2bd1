import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, isAlias, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { lookSchema } from './look.ts';
import { UserError } from './user-error.ts';

/**
 * Reads `settings.yaml` of a content folder.
 * @param contentDir - absolute path of the content folder
 * @throws UserError naming every wrong field with its line, or the missing file
 */
export function readSettings(contentDir: string): Settings {
	const file = join(contentDir, 'settings.yaml');
	let source: string;
	try {
		source = readFileSync(file, 'utf8');
	} catch (cause) {
		throw new UserError(
			`settings.yaml: not found in ${contentDir}.`,
			'Point TANDEM_CONTENT at a content folder, or copy content/settings.yaml there. Nothing was built.',
			{ cause },
		);
	}
	return parseSettings(source);
}

/**
 * Checks the text of a settings file.
 * @throws UserError naming every wrong field with its line
 */
export function parseSettings(source: string): Settings {
	const lines = new LineCounter();
	const document = parseDocument(source, { lineCounter: lines });
	const broken = document.errors[0];
	if (broken) {
		const { line, col } = lines.linePos(broken.pos[0]);
		throw new UserError(`settings.yaml:${line}:${col} is not YAML: ${firstLine(broken.message)}`);
	}
	visit(document, (_, node) => {
		if (!isAlias(node)) return;
		const { line, col } = lines.linePos(node.range?.[0] ?? 0);
		throw new UserError(
			`settings.yaml:${line}:${col} "*${node.source}" points to another field.`,
			'Quote a text that begins with "*". Nothing was built.',
		);
	});
	const parsed = settingsSchema.safeParse(document.toJS() ?? {});
	if (parsed.success) return parsed.data;
	const findings = parsed.error.issues.map((issue) => {
		const path = [...issue.path];
		if (issue.code === 'unrecognized_keys' && issue.keys[0]) path.push(issue.keys[0]);
		const node = document.getIn(path, true);
		const offset =
			node && typeof node === 'object' && 'range' in node && Array.isArray(node.range)
				? Number(node.range[0])
				: 0;
		return `settings.yaml:${lines.linePos(offset).line} ${path.join('.')}: ${issue.message}`;
	});
	throw new UserError(
		findings.join('\n'),
		'Correct settings.yaml; the fields are explained in src/settings.ts. Nothing was built.',
	);
}

function firstLine(message: string): string {
	return message.split('\n')[0] ?? message;
}

const weekdays = [
	'monday',
	'tuesday',
	'wednesday',
	'thursday',
	'friday',
	'saturday',
	'sunday',
] as const;

function isTimeZone(zone: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}

const origin = z
	.url({ protocol: /^https?$/, error: 'It must be an address such as https://news.example.com.' })
	.transform((address) => address.replace(/\/+$/, ''));

/** One line, without characters that could break out of a mail header. */
const headerText = (max: number) =>
	z
		.string()
		.min(1)
		.max(max)
		.regex(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u, {
			error: 'It holds a control character. Type it again by hand.',
		});

/** A count of at least one, and what it is if nothing is said. */
const most = (max: number, usual: number) => z.int().min(1).max(max).default(usual);

export const settingsSchema = z.strictObject({
	/** The firm, as staff and readers know it. Shown in the header of the playbook and in the footer of a mail. */
	firm: headerText(60),

	/** Name of the newsletter. Shown in its site, its feeds and its mails. */
	publication: headerText(40),

	/** One sentence that says what the newsletter is. Shown in its header and its feeds. */
	tagline: headerText(90),

	/** How dates and numbers are written, as a BCP 47 tag. */
	locale: z.string().default('en-GB'),

	/** The one spelling of the content. The check warns about the other. */
	spelling: z.enum(['en-GB', 'en-US']).default('en-GB'),

	/** What stands before an issue's number: `Issue #` gives `Issue #005`. */
	numberPrefix: headerText(20).default('Issue #'),

	/** The weekday an issue is sent on. Another day in an issue warns. */
	sendWeekday: z.enum(weekdays),

	/** The local time an issue is sent at, `09:00`. */
	sendTime: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Write it as 09:00.' }),

	/** The firm's IANA zone. "Today" and the send time are meant in it. */
	timeZone: z.string().refine(isTimeZone, {
		error: 'It is not a zone of the IANA list. Write it as Europe/London.',
	}),

	/** Who a mail comes from. The address must belong to the domain set up at the provider. */
	from: z.strictObject({ name: headerText(60), address: z.email() }),

	/** Where replies go. A person must read it. */
	replyTo: z.email().refine((address) => !/^no-?reply/i.test(address), {
		error:
			'It begins with no-reply, but readers are invited to reply. Give an address that is read.',
	}),

	/** The firm's postal address. The law asks for it in every mail. */
	postalAddress: headerText(200),

	/** Where the two sites live. Every link in a mail is built from them, never from a request. */
	sites: z.strictObject({ staff: origin, public: origin }),

	/** Headings of the parts of an issue. */
	headings: z.strictObject({
		action: headerText(40).default('Do this'),
		tip: headerText(40).default("This week's growth tip"),
		announcement: headerText(40).default("This week's announcement"),
		also: headerText(40).default('Do this with'),
		questions: headerText(40).default('A few questions'),
	}),

	/** When the "add us to your contacts" note shows: in the first issue only, or in all. */
	safeSender: z.enum(['first', 'all']).default('first'),

	/** True shows every ready public item on the public site; false shows what a sent issue named. */
	openArchive: z.boolean().default(false),

	/** Days before its start from which a promo without a briefing is an error. */
	promoNoticeDays: z.int().min(0).max(30).default(2),

	/** Answers a team needs before a comparison shows anything. Fewer than four could point at a person. */
	minTeam: z
		.int()
		.min(4, { error: 'It may be raised, never lowered: under 4 a bar could point at a person.' })
		.default(4),

	/** Words of a whole issue from which the check warns, and fails. 475 words are two minutes. */
	words: z
		.strictObject({ warn: z.int().positive(), error: z.int().positive() })
		.default({ warn: 475, error: 600 }),

	/** Largest HTML part of a mail in kB (1,000 bytes); Gmail cuts a message near 102. */
	htmlMaxKb: z.int().min(20).max(95).default(90),

	/** Words a reader reads in a minute (Brysbaert 2019: 238). Reading times come from it. */
	readingRate: z.int().min(100).max(400).default(238),

	/** General acronyms that need no glossary entry. */
	acronyms: z
		.array(z.string().regex(/^[A-Z0-9]{2,}$/, { error: 'Write it in capitals.' }))
		.default([]),

	/** Series of issues, in the order they were planned. */
	series: z
		.array(
			z.strictObject({
				slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
				title: headerText(60),
				length: z.int().min(2).max(52),
			}),
		)
		.default([]),

	/** How an issue reaches the provider. Keys are never written here: they come from the environment. */
	delivery: z.strictObject({
		/** Short name in the provider's list of broadcasts, so that two newsletters never mix. */
		site: z.string().regex(/^[a-z0-9-]{1,24}$/),
		/** Name of the segment that holds the readers. */
		segment: headerText(60),
		/** Name of the topic a reader opts in to. */
		topic: headerText(50),
		/** The provider's ids of both, as `newsletter setup` prints them. A build without a key needs them. */
		segmentId: z.string().min(8).max(64).optional(),
		topicId: z.string().min(8).max(64).optional(),
		/** Name of the segment that holds the editors a canary goes to; `<segment>-canary` if absent. */
		canarySegment: headerText(60).optional(),
		/** Readers at most: a segment that holds more is the wrong one, or the plan must grow first. */
		audienceCap: z.int().positive().default(10_000),
		/** Where receipts are kept: as files on one machine, or as commits that every runner pushes to. */
		ledger: z.enum(['file', 'git']).default('file'),
		/** The branch receipts are pushed to, where the ledger is git: the one the sites are built from. */
		ledgerBranch: z
			.string()
			.regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/)
			.default('main'),
		/**
		 * The day a person saw, in the raw source of a canary, that it carries the one-click
		 * unsubscribe headers and that both are signed. Nothing is sent for real without it.
		 */
		headersSeen: z.iso.date().optional(),
		/** Minutes between scheduling and sending in which a send can be taken back. */
		undoMinutes: z.int().min(10).max(720).default(10),
		/** The only addresses a test mail may go to: those of the people who look at an issue first. */
		testRecipients: z.array(z.email()).max(50).default([]),
	}),

	/** How people join by the form. docs/deploy.md says what to change while a list is under attack. */
	subscriptions: z
		.strictObject({
			/** Hours in which an address gets one confirm mail at most. The provider forgets after 24. */
			windowHours: z
				.int()
				.refine((hours) => hours > 0 && 24 % hours === 0, {
					error: 'It must divide a day evenly: 1, 2, 3, 4, 6, 8, 12 or 24.',
				})
				.default(24),
			/** Hours the link of a confirm mail works, from the end of its window on. */
			validHours: z.int().min(1).max(168).default(48),
			/** False sends no mail to those who just confirmed. */
			welcome: z.boolean().default(true),
			/**
			 * A task that a browser solves before a sign-up is taken (ALTCHA). `busy` sets it from
			 * `perHour` on; `always` to everybody. Without a script a person waits a minute instead.
			 */
			puzzle: z
				.enum(['off', 'busy', 'always'], { error: 'It must be off, busy or always.' })
				.default('off'),
			/** Sign-ups taken at most, counted by each process. */
			limits: z
				.strictObject({
					/** From one IPv4 address, or one IPv6 /64. */
					perClientMinute: most(1_000, 5),
					perClientHour: most(10_000, 20),
					/** For one domain of recipients, large mailbox providers apart. */
					perDomainHour: most(100_000, 60),
					/** From everybody together. */
					perHour: most(100_000, 500),
					/** On top of them, from those whose browser solved the puzzle. */
					perHourSolved: most(100_000, 500),
					/** And from those who waited instead. */
					perHourWaited: most(100_000, 60),
					/** Where the provider's plan has a daily quota: that, less twenty. */
					perDay: z.int().min(1).max(10_000_000).optional(),
					/** Spellings of one mailbox that get a mail in a day. */
					perMailboxDay: most(100, 3),
				})
				.refine(({ perClientMinute, perClientHour }) => perClientMinute <= perClientHour, {
					error: 'It must not be below perClientMinute.',
					path: ['perClientHour'],
				})
				.prefault({}),
		})
		.prefault({}),

	/** Two colours and a logo; explained in src/look.ts. */
	look: lookSchema.prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;
