import { expect, test } from 'vitest';
import { readPaste } from './paste.ts';
import { writePeople } from './people-link.ts';
import { mergePeople } from './person.ts';
import { keysOf } from './question-set.ts';
import { writeFragment } from './round.ts';
import { samplePerson, sampleSet } from './sample.ts';
import { writeShortCode } from './short-code.ts';

const keys = keysOf(sampleSet());
const round = { round: 'K7', mode: 'open' } as const;
const anna = samplePerson({ nonce: 1 });
const ben = samplePerson({ nonce: 2, team: 'marketing' });
const code = writeShortCode(keys, round, anna);

test('reads a code a line, and names the lines that are none', () => {
	const text = `${code}\r\n\nsee you\n${writeShortCode(keys, { ...round, round: 'M2' }, ben)}`;
	expect(readPaste(text, { keys, ...round }, [])).toEqual({
		people: [anna],
		round,
		added: 1,
		notes: [
			{ line: 3, words: 'Line 3 is not an answer code.' },
			{ line: 4, words: 'Line 4: This code is from round M2; this page shows round K7.' },
		],
	});
});

test('counts a code once that is there twice, and offers to count both', () => {
	const { people, notes } = readPaste(`${code}\n${code}`, { keys, ...round }, []);
	expect(people).toEqual([anna]);
	expect(notes).toMatchObject([
		{ line: 2, words: 'Line 2: This code is here twice. Counted once.' },
	]);
	expect(notes[0]?.twice).toBeDefined();
});

test('takes the round of the first code where the page has none', () => {
	const other = writeShortCode(keys, { round: 'M2', mode: 'closed' }, ben);
	const paste = readPaste(`${code}\n${other}`, { keys }, []);
	expect(paste.round).toEqual(round);
	expect(paste.notes).toHaveLength(1);
});

test('reads a link with many people among the codes', () => {
	const people = writePeople(keys, round, [anna, ben]);
	const link = `https://playbook.example/compare/#${writeFragment({ ...round, people })}`;
	const paste = readPaste(`${code}\n${link}`, { keys, ...round }, []);
	expect(paste.people).toEqual(mergePeople([anna, ben]));
	expect(paste).toMatchObject({ added: 2, notes: [] });
	expect(readPaste(link, { keys, round: 'M2', mode: 'open' }, []).notes).toHaveLength(1);
});
