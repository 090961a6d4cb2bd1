import { welcomeMail } from '#/email/welcome.ts';
import type { JoinRequest } from '#/delivery/subscription.ts';
import { mintPersonal } from './list.ts';
import { paths } from './path.ts';
import type { Ports } from './ports.ts';

/**
 * Sends the mail for those who just joined, once for each time they join. Whether it goes out
 * changes nothing for them, so a fault is logged and no more.
 */
export async function sendWelcome(
	asked: JoinRequest,
	personId: string,
	ports: Ports,
): Promise<void> {
	if (!ports.choices.hasWelcome) return;
	const token = await mintPersonal('unsub', personId, {}, ports);
	const leave = `${ports.publicUrl}${paths.unsubscribe}?t=${token}`;
	const mail = welcomeMail(asked.address, leave, await ports.latestIssue(), ports.settings);
	const name = await ports.tokens.name('unsub', [personId, String(asked.iat)]);
	const outcome = await ports.mailer.send(mail, `welcome/${name}`);
	if (outcome.kind === 'ok') return;
	ports.log({
		event: 'provider',
		path: paths.confirm,
		method: 'POST',
		what: `welcome mail ${outcome.kind}`,
	});
}
