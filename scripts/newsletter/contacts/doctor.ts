import { examinePeople } from '#/delivery/contacts-care/examine-people.ts';
import { ok, unknown, warn } from '#/delivery/doctor/finding.ts';
import type { Finding } from '#/delivery/doctor/finding.ts';
import { parseTokenKeys } from '#/delivery/token.ts';
import { serverEnvironment } from '#/environment.ts';
import { printFindings } from '../findings.ts';
import { interruptible } from '../signals.ts';
import { openPeopleDesk, progressOf } from './desk.ts';
import type { Task } from './task.ts';

/** Looks at everybody for what does not fit together. Changes nothing. */
export const examine: Task = {
	form: 'doctor [--json]',
	options: ['json'],
	async run({ values, environment }, print) {
		const { people, audience, pace, now } = await openPeopleDesk(environment, print);
		const tell = progressOf('Looked at', pace, print);
		const findings = await interruptible('contacts doctor', print, async (guard) => {
			const nowSeconds = Math.floor(now.getTime() / 1000);
			const found = await examinePeople({ ...audience, nowSeconds }, people, (done, all) => {
				guard.check();
				tell(done, all);
			});
			return [...found, keysFinding()];
		});
		const count = printFindings(findings, { width: 16, isJson: values['json'] === true }, print);
		const bad = count('bad');
		print.progress(
			bad === 0
				? 'Everybody is in a state that holds. Nothing was changed.'
				: `${bad} to put right. Nothing was changed.`,
		);
		return bad === 0 ? 0 : 2;
	},
};

/** Keys carry no date: how old one is only the person knows who made it. */
function keysFinding(): Finding {
	const { tokenKeys } = serverEnvironment();
	if (tokenKeys === undefined) {
		return unknown('keys', 'TOKEN_KEYS is not set here; look where the endpoints run.');
	}
	const [signing, second, ...retired] = parseTokenKeys(tokenKeys);
	const fix = 'Make a new key each year, put it first, and keep the old ones for links to leave.';
	return second
		? ok('keys', `${signing?.id} signs, ${second.id} still opens, ${retired.length} retired.`)
		: warn('keys', `${signing?.id} is the only key.`, fix);
}
