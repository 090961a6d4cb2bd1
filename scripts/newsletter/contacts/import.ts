import { readFile, stat } from 'node:fs/promises';
import { readEntries } from '#/delivery/contacts-import/entries.ts';
import type { Reading } from '#/delivery/contacts-import/entries.ts';
import { planIntake, rehearse, takeAll } from '#/delivery/contacts-import/intake.ts';
import { reasons } from '#/delivery/contacts-import/reason.ts';
import type { Reason } from '#/delivery/contacts-import/reason.ts';
import { codeOf } from '#/delivery/durable.ts';
import { UserError } from '#/user-error.ts';
import type { Print } from '../command.ts';
import { interruptible } from '../signals.ts';
import { guardPeople, openPeopleDesk, progressOf } from './desk.ts';
import { isInGit } from './outside.ts';
import type { Task } from './task.ts';

/** Brings in people who said yes elsewhere. A dry run unless told otherwise. */
export const importFile: Task = {
	form: 'import FILE.csv --source TEXT [--apply]',
	options: ['source', 'apply', 'dry-run'],
	async run({ word, values, environment }, print) {
		const file = named(word);
		const source = sourceOf(values['source']);
		const isApplied = values['apply'] === true;
		if (isApplied && values['dry-run'] === true) {
			throw new UserError('Either --apply or --dry-run.', 'Nothing was imported.');
		}
		const bytes = await bytesOf(file);
		const desk = await openPeopleDesk(environment, print);
		if (isInGit(file)) {
			print.progress('The file lies inside a git work tree: move it before somebody commits it.');
		}
		const reading = readEntries(bytes, desk.now);
		sayFormat(reading, print);
		return interruptible('contacts import', print, async (guard) => {
			const people = guardPeople(desk.people, guard);
			const intake = { people, pace: desk.pace, source, ...desk.audience };
			const tally = openTally(file, print);
			const listed = await planIntake(reading, intake);
			const plan = isApplied ? listed : await rehearse(listed, intake);
			for (const { line, reason } of plan.refused) tally.refuse(line, reason);
			if (!isApplied) {
				print.result(`Would take ${plan.todo.length} of ${reading.rows}.${tally.text()}`);
				print.progress(
					`Dry run: nothing was changed. With --apply it takes about ${Math.ceil((plan.todo.length * secondsEach) / 60)} min, may be stopped at any time, and run again.`,
				);
				return 0;
			}
			const tell = progressOf('Done with', desk.pace, print);
			let done = 0;
			let taken = 0;
			try {
				await takeAll(plan.todo, intake, (line, reason) => {
					done += 1;
					if (reason === undefined) taken += 1;
					else tally.refuse(line, reason);
					tell(done, plan.todo.length);
				});
			} finally {
				print.result(`Took ${taken} of ${reading.rows}.${tally.text()}`);
			}
			print.progress('No mail was sent. Next: "npm run newsletter -- contacts doctor".');
			if (tally.count('unclear') === 0) return 0;
			print.progress('Some are unclear: run the same command again.');
			return 10;
		});
	},
};

function named(word: string | undefined): string {
	if (word !== undefined) return word;
	throw new UserError('Which file?', 'contacts import FILE.csv --source TEXT');
}

function sourceOf(given: unknown): string {
	const text = typeof given === 'string' ? given.trim() : '';
	if (text.length > 0 && text.length <= 100 && !/[\p{Cc}@]/u.test(text)) return text;
	throw new UserError(
		'Where do these people come from?',
		'Say it in up to 100 characters, as --source "Ghost, sign-up form until May 2026": it is kept with each as proof. Nothing was imported.',
	);
}

async function bytesOf(file: string): Promise<Uint8Array> {
	try {
		const { size } = await stat(file);
		// What is too large is refused by its first bytes as well, without reading the rest.
		if (size > 20_000_000) throw new UserError('The file has over 20 MB; 5 MB is the most.');
		return await readFile(file);
	} catch (error) {
		if (error instanceof UserError) throw error;
		const code = codeOf(error);
		if (code === undefined) throw error;
		// oxlint-disable-next-line preserve-caught-error -- its path may hold an address
		throw new UserError(`The file cannot be read (${code}).`, 'Nothing was imported.');
	}
}

function sayFormat({ columns, rows, entries }: Reading, print: Print): void {
	const whose = columns.format === 'plain' ? 'A plain file' : `An export of ${columns.format}`;
	print.progress(
		`${whose}: ${rows} rows, ${entries.length} to look at. Address from "${columns.address}", date of consent from "${columns.consent.join('", else "')}".`,
	);
}

function openTally(file: string, print: Print) {
	const counts = new Map<Reason, number>();
	return {
		refuse(line: number, reason: Reason): void {
			counts.set(reason, (counts.get(reason) ?? 0) + 1);
			print.result(`${file}:${line}  ${reasons[reason]}`);
		},
		count: (reason: Reason) => counts.get(reason) ?? 0,
		text(): string {
			const parts = [...counts].map(([reason, count]) => `${count} ${reason}`);
			return parts.length === 0 ? '' : ` Not taken: ${parts.join(', ')}.`;
		},
	};
}

/** Seven calls at two a second. */
const secondsEach = 3.5;
