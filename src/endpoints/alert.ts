import { alertMail } from '#/email/alert.ts';
import type { Cap, LimitChoices } from './limits.ts';
import { paths } from './path.ts';
import type { LogEntry, Ports } from './ports.ts';

/** Tells the people behind the letter, once a day for each kind of trouble. Names nobody. */
export async function sendAlert(kind: AlertKind, ports: Ports): Promise<void> {
	const day = ports.now().toISOString().slice(0, 10);
	const outcome = await ports.mailer.send(
		alertMail(words[kind], ports.settings),
		`alert/${day}/${kind}`,
	);
	if (outcome.kind === 'ok') return;
	const what = `alert ${kind} ${outcome.kind}`;
	ports.log({ event: 'provider', path: paths.webhook, method: 'POST', what });
}

/** What the log says when a share of everybody's sign-ups is used up. */
export function capAlert(cap: Cap, choices: LimitChoices): LogEntry {
	const { perHour, perHourSolved, perHourWaited, perDay, puzzle } = choices;
	const after = puzzle === 'off' ? 'all others are turned away' : 'all others get the puzzle';
	const what = {
		all: `${perHour} sign-ups in an hour: ${after}`,
		solved: `${perHourSolved} more sign-ups in an hour with the puzzle solved: others are turned away`,
		waited: `${perHourWaited} sign-ups in an hour by waiting: without a script nobody gets in`,
		day: `${perDay ?? 0} sign-ups in a day: the quota is used up, all others are turned away`,
	}[cap];
	return { event: 'alert', path: paths.subscribe, method: 'POST', what };
}

const words = {
	'suppression.added': 'Our provider stopped sending to an address.',
	'email.complained': 'A reader marked a letter as unwanted.',
	'email.bounced': 'A mail came back for good.',
} as const;

type AlertKind = keyof typeof words;
