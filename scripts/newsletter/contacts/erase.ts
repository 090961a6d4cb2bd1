import { forget, keepOut } from '#/delivery/contacts-care/erase.ts';
import { formatInstant } from '#/delivery/schedule.ts';
import { stopKinds } from '#/delivery/stop.ts';
import { UserError } from '#/user-error.ts';
import { interruptible } from '../signals.ts';
import { addressOf } from './address.ts';
import { guardPeople, openPeopleDesk } from './desk.ts';
import type { PeopleDesk } from './desk.ts';
import type { Task } from './task.ts';

/** Removes one person: kept out for good, or forgotten without a trace. */
export const erase: Task = {
	form: 'erase [EMAIL] [--keep-out|--forget]',
	options: ['keep-out', 'forget'],
	async run({ word, values, environment }, print) {
		const isForgotten = values['forget'] === true;
		if (isForgotten && values['keep-out'] === true) {
			throw new UserError('Either --keep-out or --forget.', 'Nothing was changed.');
		}
		const address = await addressOf(word);
		const desk = await openPeopleDesk(environment, print);
		const outcome = await interruptible('contacts erase', print, (guard) => {
			const people = guardPeople(desk.people, guard);
			const nowSeconds = Math.floor(desk.now.getTime() / 1000);
			return isForgotten
				? forget(address, desk.audience.topicId, nowSeconds, people)
				: keepOut(address, people);
		});
		switch (outcome.kind) {
			case 'erased':
				print.result(outcome.wasThere ? 'The person is removed.' : 'Nobody had this address.');
				print.progress(isForgotten ? forgotten : keptOut);
				print.progress(elsewhere);
				return 0;
			case 'begun':
				print.result('The person is off everything, and their names are cleared.');
				print.progress(
					`They can be removed from ${timeOf(outcome.dueAt, desk)}, when no confirm mail of theirs works any more: run the same command again then.`,
				);
				print.progress(forgotten);
				return 0;
			case 'too-early':
				print.progress(
					`Not before ${timeOf(outcome.dueAt, desk)}: until then a confirm mail could make them anew. Nothing was changed.`,
				);
				return stopKinds.refused;
			case 'unclear':
				print.progress(
					'It is not known whether all of it was done. Run the same command again: it goes on where it was.',
				);
				return stopKinds.temporary;
			default:
				return outcome satisfies never;
		}
	},
};

function timeOf(seconds: number, { settings }: PeopleDesk): string {
	return formatInstant(new Date(seconds * 1000), settings.timeZone, settings.locale);
}

const keptOut =
	'The address stays on the suppression list of Resend: no import and no link brings it back.';
const forgotten =
	'Nothing will keep this address out: never import a file again that holds it. They may sign up anew.';
const elsewhere =
	'Resend keeps the mails it sent for 30 days in its log. Your own files are yours.';
