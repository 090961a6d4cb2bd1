import { writePeople } from '#/alignment/people-link.ts';
import type { Person } from '#/alignment/person.ts';
import { keysOf } from '#/alignment/question-set.ts';
import type { QuestionSet } from '#/alignment/question-set.ts';
import { writeResult } from '#/alignment/result.ts';
import { writeFragment } from '#/alignment/round.ts';
import type { Fragment } from '#/alignment/round.ts';
import type { Wave } from '#/alignment/wave.ts';
import { part } from './part.ts';

/** Shows the links that hand a result on: counts always, single answers of an open round only. */
export function showKeepLinks(
	host: HTMLElement,
	set: QuestionSet,
	wave: Wave,
	people: readonly Person[],
): void {
	const { round, mode } = wave;
	const rows = people.length > 0 ? writePeople(keysOf(set), { round, mode }, people) : undefined;
	const result = addressOf({ round, mode, result: writeResult(wave, set) });
	part(host, 'result-link', HTMLInputElement).value = result;
	part(host, 'people-row').hidden = rows === undefined;
	part(host, 'people-link', HTMLInputElement).value =
		rows === undefined ? '' : addressOf({ round, mode, people: rows });
}

function addressOf(fragment: Fragment): string {
	const address = new URL(location.href);
	address.hash = writeFragment(fragment);
	return address.href;
}
