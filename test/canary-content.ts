/** A content folder in which everything that the public may not know carries a word of its own. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { stringify } from 'yaml';
import { copyContent } from './site.ts';

/** The instant the canary folder is meant for: issues 1 to 7 are due, 8 is not. */
export const canaryNow = '2027-06-01T10:00:00Z';

/** A day that stands in the canary folder only as the review date of public entries. */
export const reviewDay = '2025-02-17';

/**
 * Copies the project's content and adds what must stay inside: staff entries, drafts, retired ones,
 * a person nobody names, a promo, a path, and an issue before its day with entries and pictures of
 * its own. One due issue carries public entries with staff-only fields, comments and metadata.
 * @returns the folder, and by canary the place it stands in: `staff tip title`
 */
export async function canaryContent(): Promise<{ folder: string; places: Map<string, string> }> {
	const folder = copyContent();
	const places = new Map<string, string>();
	const nest: Nest = {
		mint(place) {
			const canary = `zq${String(places.size).padStart(4, '0')}qz`;
			places.set(canary, place);
			return canary;
		},
		write(name, bytes) {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), bytes);
		},
	};
	const person = `${nest.mint('unnamed person file name')}-person`;
	await writePerson(nest, person);
	await writeGroup(nest, 'staff', person);
	await writeGroup(nest, 'retired', person);
	const draft = await writeGroup(nest, 'draft', person);
	const notDue = await writeGroup(nest, 'not due', person);
	writePromo(nest, person);
	writePath(nest);
	writeIssue(nest, { number: 8, name: 'not due', sendOn: '2027-07-06', cargo: notDue, person });
	writeIssue(nest, { number: 9, name: 'draft', sendOn: '2027-05-18', cargo: draft, person });
	await writeCarrier(nest, notDue);
	const mira = join(folder, 'people/mira.yaml');
	const email = `${nest.mint('named person email')}@firm.example`;
	writeFileSync(mira, readFileSync(mira, 'utf8').replace(/^email: .*$/m, `email: ${email}`));
	return { folder, places };
}

async function writeGroup(nest: Nest, name: GroupName, person: string): Promise<Group> {
	const slugOf = (kind: string, ending: string): string =>
		`${nest.mint(`${name} ${kind} file name`)}-${ending}`;
	const group: Group = {
		tip: slugOf('tip', 'tip'),
		checklist: slugOf('checklist', 'list'),
		check: slugOf('assessment', 'check'),
		quiz: slugOf('quiz', 'quiz'),
		term: slugOf('term', 'term'),
		pair: slugOf('other term', 'pair'),
	};
	const care = {
		audience: name === 'staff' ? 'staff' : 'public',
		status: name === 'draft' || name === 'retired' ? name : 'ready',
		author: `person/${person}`,
		reviewed: '2026-10-01',
	};
	const inside: Inside = {
		care,
		group,
		// A retired entry may be named by none.
		isNaming: name !== 'retired',
		sayOf: (kind) => (place) => nest.mint(`${name} ${kind} ${place}`),
	};
	await writeTip(nest, inside);
	writeChecklist(nest, inside);
	writeAssessment(nest, inside);
	writeQuiz(nest, inside);
	writeTerm(nest, inside, 'term', group.term, group.pair);
	writeTerm(nest, inside, 'other term', group.pair, group.term);
	return group;
}

async function writeTip(nest: Nest, { care, group, isNaming, sayOf }: Inside): Promise<void> {
	const say = sayOf('tip');
	const png = `${say('picture file name')}.png`;
	const jpeg = `${say('photograph file name')}.jpg`;
	const fields = {
		...playFields(say, care),
		related: isNaming ? [`checklist/${group.checklist}`, `term/${group.term}`] : [],
		action: `Ask a rep about ${say('action')} this week.`,
		question: `Who has heard of ${say('question')}?`,
		pull: `Nobody knew of ${say('pull')}.`,
	};
	const naming =
		(): string => `Use <Term id="${group.term}">${say('Term text')}</Term> and [${say('entry link text')}](checklist/${group.checklist}).

<Pair left="${group.term}" right="${group.pair}" />`;
	const body = `${filler}

They said *${say('body')}* and \`${say('code span')}\`, see [${say('link text')}](https://${say('link target')}.example/a).

{/* ${say('body comment')} */}

### About ${say('heading')}

- One ${say('list item')}

| Word | Sense |
| --- | --- |
| ${say('table cell')} | yes |

<Callout kind="note" title="${say('Callout title')}">

Mind ${say('Callout text')}.

</Callout>

<Story kind="reported" who="${say('Story who')}" result="${say('Story result')}" rule="${say('Story rule')}" name="${say('Story name')}" consent="yes">

It was ${say('Story text')}.

</Story>

<Quote by="${say('Quote by')}" source="${say('Quote source')}" url="https://${say('Quote address')}.example/b" year="2006">

It is ${say('Quote text')}.

</Quote>

<TwoViews question="${say('TwoViews question')}?" verdict="${say('TwoViews verdict')}">

<View title="${say('View title')}" evidence="${say('View evidence')}">

Yes, ${say('View text')}.

</View>

<View title="The other side">

No.

</View>

</TwoViews>

<Figure src="./${png}" alt="${say('Figure alt')} at one table" caption="${say('Figure caption')}" />

<Figure src="./${jpeg}" alt="Two people at one table" />
${isNaming ? `\n${naming()}\n` : ''}`;
	nest.write(`tips/${group.tip}.mdx`, mdx(fields, body, say('frontmatter comment')));
	nest.write(`tips/${png}`, await pictureWith(say('picture metadata')));
	nest.write(`tips/${jpeg}`, await photographWith(say('photograph metadata')));
}

function writeChecklist(nest: Nest, { care, group, isNaming, sayOf }: Inside): void {
	const say = sayOf('checklist');
	const items = ['a', 'b', 'c'].map((name) => ({
		id: name,
		text: `Read ${name} aloud`,
		who: 'both',
	}));
	const point = {
		id: `${say('item id')}-point`,
		text: `Read ${say('item text')} aloud`,
		who: 'both',
		...(isNaming && { link: `tip/${group.tip}` }),
	};
	const fields = {
		...playFields(say, care),
		mode: 'read-do',
		pause: `Before ${say('pause')} begins`,
		sections: [{ title: `All ${say('section title')}`, items: [point, ...items] }],
		signoff: ['sales', 'marketing'],
	};
	nest.write(
		`checklists/${group.checklist}.mdx`,
		mdx(fields, `Read ${say('body')}.`, say('frontmatter comment')),
	);
}

function writeAssessment(nest: Nest, { care, group, isNaming, sayOf }: Inside): void {
	const say = sayOf('assessment');
	const items = [1, 2, 3, 4, 5].map((n) => ({
		id: `q${n}`,
		text: `We asked ${n} times.`,
		type: 'scale',
		reads: 'state',
		// A set to assess must name a play; of a retired group only the project's own may be named.
		play: isNaming ? `tip/${group.tip}` : 'tip/stick-test',
	}));
	const labels = ['never', 'rarely', say('label'), 'often', 'always'];
	const fields = {
		...playFields(say, care),
		mode: 'assess',
		period: `in the days of ${say('period')}`,
		items: [
			{ ...items[0], id: `${say('item id')}-item`, text: `We said ${say('item text')}.`, labels },
			{ ...items[1], ends: [`More ${say('end')}`, 'More of that'] },
			...items.slice(2),
		],
	};
	nest.write(
		`questions/${group.check}.mdx`,
		mdx(fields, `Ask ${say('body')}.`, say('frontmatter comment')),
	);
}

function writeQuiz(nest: Nest, { care, group, sayOf }: Inside): void {
	const say = sayOf('quiz');
	const option = `${say('option id')}-option`;
	const items = [1, 2, 3].map((n) => ({
		id: `q${n}`,
		text: 'What does it mean?',
		type: 'choice',
		reads: 'knowledge',
		options: [
			{ id: n === 1 ? option : 'x', text: n === 1 ? `This ${say('option text')}` : 'This' },
			{ id: 'y', text: 'That' },
		],
	}));
	const fields = {
		...playFields(say, care),
		mode: 'quiz',
		items: [{ ...items[0], agreed: option }, ...items.slice(1)],
	};
	nest.write(
		`questions/${group.quiz}.mdx`,
		mdx(fields, `Ask ${say('body')}.`, say('frontmatter comment')),
	);
}

function writeTerm(nest: Nest, inside: Inside, kind: string, slug: string, pair: string): void {
	const say = inside.sayOf(kind);
	const fields = {
		...inside.care,
		title: `Word ${say('title')}`,
		short: `Somebody who was told ${say('meaning')} by us.`,
		general: `Anybody who was told ${say('general meaning')} by anyone.`,
		aliases: [`also ${say('alias')}`],
		...(inside.isNaming && { pair: `term/${pair}` }),
		topic: 'language',
		local: true,
		ours: `A name and ${say('own rule')} within one hour.`,
		owner: 'both',
		sources: [{ title: `A study of ${say('source title')}`, by: 'Hart' }],
		was: [`${say('earlier name')}-was`],
	};
	nest.write(`terms/${slug}.mdx`, mdx(fields, `It is ${say('body')}.`, say('frontmatter comment')));
}

async function writePerson(nest: Nest, slug: string): Promise<void> {
	const say: Say = (place) => nest.mint(`unnamed person ${place}`);
	const photo = `${say('photo file name')}.jpg`;
	const fields = {
		name: `Ada ${say('name')}`,
		role: `Editor ${say('role')}`,
		function: 'both',
		bio: `She reads ${say('bio')} every morning.`,
		signoff: `Keep ${say('sign-off')}.`,
		email: `${say('email')}@firm.example`,
		photo: { src: `./${photo}`, alt: `Ada with ${say('photo alt')}` },
	};
	nest.write(`people/${slug}.yaml`, `# ${say('comment')}\n${stringify(fields)}`);
	nest.write(`people/${photo}`, await photographWith(say('photo metadata')));
}

function writePromo(nest: Nest, person: string): void {
	const say: Say = (place) => nest.mint(`promo ${place}`);
	const fields = {
		title: `Check ${say('title')}`,
		offer: `A boiler check with ${say('offer')} for all.`,
		starts: '2027-05-01',
		ends: '2027-06-30',
		where: [`the page ${say('where')}`],
		who: `Everyone with ${say('who')}`,
		say: `Yes, until ${say('sentence')} ends.`,
		limits: `No ${say('limits')} today.`,
		link: `https://${say('link')}.example/a`,
		code: say('code'),
		owner: `person/${person}`,
		briefed: { on: '2027-04-20', by: `person/${person}` },
		heard: [{ function: 'sales', on: '2027-04-21' }],
	};
	nest.write(`promos/${say('file name')}-promo.yaml`, `# ${say('comment')}\n${stringify(fields)}`);
}

function writePath(nest: Nest): void {
	const say: Say = (place) => nest.mint(`path ${place}`);
	const fields = {
		title: `Days ${say('title')}`,
		for: `anyone with ${say('for whom')}`,
		steps: ['term/lead', 'tip/stick-test', 'tip/no-surprise-promos'],
	};
	nest.write(`paths/${say('file name')}-path.yaml`, `# ${say('comment')}\n${stringify(fields)}`);
}

function writeIssue(
	nest: Nest,
	{
		number,
		name,
		sendOn,
		cargo,
		person,
	}: { number: number; name: 'not due' | 'draft'; sendOn: string; cargo: Group; person: string },
): void {
	const say: Say = (place) => nest.mint(`${name} issue ${place}`);
	const fields = {
		number,
		title: `Ask ${say('title')}`,
		subject: `Ask ${say('subject')}`,
		preheader: `What ${say('preheader')} can change about the next month.`,
		summary: `Ask ${say('summary')} before the next plan is made, and listen.`,
		sendOn,
		author: `person/${person}`,
		tip: `tip/${cargo.tip}`,
		terms: [`term/${cargo.term}`],
		also: [`checklist/${cargo.checklist}`, `questions/${cargo.quiz}`],
		announcement: { title: `News of ${say('announcement title')}` },
		questions: [
			`Who said ${say('question')}?`,
			{ text: `Who heard ${say('second question')}?`, term: `term/${cargo.term}` },
		],
		sources: [{ title: `A study of ${say('source title')}`, by: 'Hart' }],
		signoff: `Keep ${say('sign-off')}.`,
		status: name === 'draft' ? 'draft' : 'ready',
	};
	const body = `Open with ${say('hook')}.\n\n{/* ${say('body comment')} */}\n\n<Announcement>\n\nWe have ${say('announcement')}.\n\n</Announcement>`;
	const file = `${String(number).padStart(3, '0')}-${say('file name')}`;
	nest.write(`issues/${file}.mdx`, mdx(fields, body, say('frontmatter comment')));
}

/** Issue 7 is due; what it carries is public, but for some fields, all comments and metadata. */
async function writeCarrier(nest: Nest, notDue: Group): Promise<void> {
	const say: Say = (place) => nest.mint(`carried ${place}`);
	const care = {
		audience: 'public',
		status: 'ready',
		author: 'person/mira',
		reviewed: reviewDay,
		reviewEvery: 24,
	};
	const play = {
		summary: 'One sentence about a question that says what changes.',
		when: 'somebody asks the same question twice',
		topic: 'planning',
		function: 'both',
		effort: 20,
		together: true,
		...care,
	};
	const tip = {
		title: 'Carry a question',
		...play,
		related: [`tip/${notDue.tip}`],
		action: 'Carry one question to a rep this week.',
		question: 'Who has heard of it?',
	};
	const picture =
		'<Figure src="./carried.png" alt="Two people at one table" />\n\n<Figure src="./carried.jpg" alt="A whiteboard" />';
	const body = `${filler}\n\n{/* ${say('body comment')} */}\n\nSee [that other tip](tip/${notDue.tip}) on <Term id="${notDue.term}">this word</Term>.\n\n${picture}`;
	nest.write('tips/carry-a-question.mdx', mdx(tip, body, say('frontmatter comment')));
	nest.write('tips/carried.png', await pictureWith(say('picture metadata')));
	nest.write('tips/carried.jpg', await photographWith(say('photograph metadata')));
	const term = {
		...care,
		title: 'Carried word',
		short: 'What somebody brought along for all of us.',
		topic: 'language',
		local: true,
		ours: `A name and ${say('term own rule')} within one hour.`,
	};
	nest.write(
		'terms/carried-word.mdx',
		mdx(term, `{/* ${say('term comment')} */}`, say('term frontmatter comment')),
	);
	const issue = {
		number: 7,
		title: 'Carry one',
		subject: 'Carry one question',
		preheader: 'What one question can change about the next month.',
		summary: 'Carry one question before the next plan is made, and listen.',
		sendOn: '2027-05-25',
		author: 'person/mira',
		tip: 'tip/carry-a-question',
		terms: ['term/carried-word'],
		questions: [{ text: 'Who will carry one?', term: `term/${notDue.term}` }],
		status: 'ready',
	};
	nest.write(
		'issues/007-carry-one.mdx',
		mdx(issue, `Carry one.\n\n{/* ${say('issue comment')} */}`, say('issue frontmatter comment')),
	);
}

function playFields(say: Say, care: Record<string, unknown>): Record<string, unknown> {
	return {
		title: `Ask ${say('title')}`,
		summary: `One sentence about ${say('summary')} that says what changes.`,
		when: `somebody says ${say('when')} to you`,
		topic: 'planning',
		function: 'both',
		effort: 20,
		together: true,
		...care,
		sources: [
			{
				title: `A study of ${say('source title')}`,
				by: `Hart and ${say('source author')}`,
				url: `https://${say('source address')}.example/a`,
			},
		],
		find: [`about ${say('find')}`],
		was: [`${say('earlier name')}-was`],
	};
}

function mdx(fields: Record<string, unknown>, body: string, comment: string): string {
	return `---\n# ${comment}\n${stringify(fields, { lineWidth: 0 })}---\n\n${body}\n`;
}

/** A PNG with a word in its EXIF, in a plain text chunk and in a packed one. */
async function pictureWith(word: string): Promise<Buffer> {
	const png = await blank()
		.png()
		.withExif({ IFD0: { Copyright: word } })
		.toBuffer();
	const packed = Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(word)]);
	const texts = [chunk('tEXt', Buffer.from(`Author\0${word}`)), chunk('zTXt', packed)];
	// The end chunk has 12 bytes.
	return Buffer.concat([png.subarray(0, -12), ...texts, png.subarray(-12)]);
}

/** A JPEG with a word in its EXIF, as a camera or a telephone writes it, and in a comment. */
async function photographWith(word: string): Promise<Buffer> {
	const exif = { IFD0: { ImageDescription: word, Artist: word, Copyright: word } };
	const jpeg = await blank().jpeg().withExif(exif).toBuffer();
	const length = Buffer.alloc(2);
	length.writeUInt16BE(word.length + 2);
	const comment = Buffer.concat([Buffer.from([0xff, 0xfe]), length, Buffer.from(word)]);
	return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}

function blank(): Sharp {
	return sharp({ create: { width: 600, height: 400, channels: 3, background: '#7a9' } });
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type), data]);
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(data.length, 0);
	body.copy(framed, 4);
	framed.writeUInt32BE(crc32(body), body.length + 4);
	return framed;
}

const filler = 'Ask one rep which question buyers repeat. Write it down in their words. '
	.repeat(7)
	.trim();

type GroupName = 'staff' | 'draft' | 'not due' | 'retired';
type Say = (place: string) => string;

interface Nest {
	/** A new canary for a place. */
	mint(place: string): string;
	write(file: string, bytes: string | Uint8Array): void;
}

/** File names of the entries that name each other. */
interface Group {
	tip: string;
	checklist: string;
	check: string;
	quiz: string;
	term: string;
	pair: string;
}

interface Inside {
	care: Record<string, unknown>;
	group: Group;
	isNaming: boolean;
	sayOf(kind: string): Say;
}
