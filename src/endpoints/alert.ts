import { alertMail } from '#/email/alert.ts';
import { paths } from './path.ts';
import type { Ports } from './ports.ts';

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

const words = {
	'suppression.added': 'Our provider stopped sending to an address.',
	'email.complained': 'A reader marked a letter as unwanted.',
	'email.bounced': 'A mail came back for good.',
} as const;

type AlertKind = keyof typeof words;
