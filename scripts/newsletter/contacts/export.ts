import { open, link, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { csvLine, readRecord, recordCells, recordHeader } from '#/delivery/contacts-care/record.ts';
import { keyOf } from '#/delivery/contacts-import/entries.ts';
import { listPeople, listSuppressed } from '#/delivery/contacts-import/intake.ts';
import { codeOf } from '#/delivery/durable.ts';
import { readValue } from '#/delivery/stop.ts';
import { UserError } from '#/user-error.ts';
import { interruptible } from '../signals.ts';
import type { Guard } from '../signals.ts';
import { addressOf } from './address.ts';
import { openPeopleDesk, progressOf } from './desk.ts';
import type { PeopleDesk } from './desk.ts';
import { pathOutside } from './outside.ts';
import type { Task } from './task.ts';

/** Writes what is held of one person, or of everybody in the list. */
export const exportPeople: Task = {
	form: 'export [EMAIL] --to FILE',
	options: ['to'],
	async run({ word, values, environment }, print) {
		const typed = values['to'];
		if (typeof typed !== 'string' || typed === '') {
			throw new UserError('To which file?', 'contacts export [EMAIL] --to FILE');
		}
		const file = pathOutside(typed, environment);
		const address = word === undefined ? undefined : await addressOf(word);
		const desk = await openPeopleDesk(environment, print);
		const ids = await idsOf(address, desk);
		if (ids.length === 0) {
			print.progress('Nobody is there to export. Nothing was written.');
			return 0;
		}
		const tell = progressOf('Read', desk.pace, print);
		const count = await interruptible('contacts export', print, (guard) =>
			writeWhole(file, async (handle) => {
				const { write, rows } = openRows(handle);
				await write(recordHeader);
				const suppressed = await suppressedKeys(desk);
				for (const [index, id] of ids.entries()) {
					tell(index, ids.length);
					await writeOne(id, { desk, guard, suppressed, write });
				}
				return rows() - 1;
			}),
		);
		print.result(`Wrote ${count} ${count === 1 ? 'person' : 'people'} to the file.`);
		print.progress('Only you can read it. Remove it when it has served: it holds addresses.');
		return 0;
	},
};

async function idsOf(address: string | undefined, desk: PeopleDesk): Promise<string[]> {
	if (address === undefined) {
		const everybody = await listPeople(desk.audience.segmentId, desk.people);
		return everybody.map(({ id }) => id);
	}
	const person = readValue(await desk.people.find(address), 'look for the person');
	return person ? [person.id] : [];
}

async function suppressedKeys({ people }: PeopleDesk): Promise<Set<string>> {
	return new Set((await listSuppressed(people)).map(({ address }) => keyOf(address)));
}

async function writeOne(id: string, { desk, guard, suppressed, write }: Line): Promise<void> {
	guard.check();
	const record = await readRecord(id, desk.audience.topicId, desk.people);
	if (record) await write(recordCells(record, suppressed.has(keyOf(record.person.address))));
}

function openRows(handle: FileHandle) {
	let count = 0;
	return {
		async write(cells: readonly string[]): Promise<void> {
			await handle.write(csvLine(cells));
			count += 1;
		},
		rows: () => count,
	};
}

/** A file that only its owner reads, under its name once it is whole; never over another. */
async function writeWhole<T>(file: string, fill: (handle: FileHandle) => Promise<T>): Promise<T> {
	const part = `${file}.${process.pid}.part`;
	try {
		const handle = await open(part, 'wx', 0o600);
		let value: T;
		try {
			value = await fill(handle);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await link(part, file);
		return value;
	} catch (error) {
		const code = error instanceof UserError ? undefined : codeOf(error);
		if (code === undefined) throw error;
		// oxlint-disable-next-line preserve-caught-error -- its path may hold an address
		throw new UserError(
			code === 'EEXIST' ? 'That file is there already.' : `The file cannot be written (${code}).`,
			'Name another. Nothing was written.',
		);
	} finally {
		await rm(part, { force: true });
	}
}

interface Line {
	desk: PeopleDesk;
	guard: Guard;
	suppressed: ReadonlySet<string>;
	write(cells: readonly string[]): Promise<void>;
}
