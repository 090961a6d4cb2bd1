import { findAudience } from '#/delivery/audience.ts';
import { openGate } from '#/delivery/gate.ts';
import { machinePace } from '#/delivery/pace.ts';
import { openContacts, openMailer } from '#/delivery/resend-contacts.ts';
import { openNotices } from '#/delivery/resend-notices.ts';
import { isLoopback, openResend } from '#/delivery/resend.ts';
import { openTokens, parseTokenKeys } from '#/delivery/token.ts';
import { capAlert } from '#/endpoints/alert.ts';
import { choicesOf } from '#/endpoints/choices.ts';
import type { Choices } from '#/endpoints/choices.ts';
import { openLimits } from '#/endpoints/limits.ts';
import { openOnce } from '#/endpoints/once.ts';
import type { LogEntry, Ports } from '#/endpoints/ports.ts';
import { openPuzzle } from '#/endpoints/puzzle.ts';
import type { Settings } from '#/settings.ts';
import { latestIssue } from './latest-issue.ts';
import { nodeClient } from './server.ts';
import { publicStylesheet } from './stylesheet.ts';

/**
 * Opens all that the endpoints need of the world.
 * @throws Stop or UserError where the provider lacks the readers' segment or topic, or a key is bad
 */
export async function openPorts(given: Given): Promise<Ports> {
	const { settings, baseUrl } = given;
	const choices = { ...choicesOf(settings), ...given.choices };
	const now = given.now ?? (() => new Date());
	const pace = machinePace();
	const isNear = baseUrl !== undefined && isLoopback(baseUrl);
	// Ten calls a second are all that a team may make, with all its keys and programs together.
	const gate = openGate(isNear ? 0 : 200, 2_000, pace);
	const full = { key: given.fullKey, baseUrl };
	const ids = await audienceIds(settings, full);
	const tokens = openTokens(parseTokenKeys(given.tokenKeys));
	const once = openOnce(choices.limits.entries, now);
	return {
		settings,
		choices,
		publicUrl: given.publicUrl,
		audience: {
			segmentId: ids.segmentId,
			topics: [{ id: ids.topicId, name: settings.delivery.topic }],
		},
		contacts: openContacts(full, gate),
		mailer: openMailer({ key: given.sendKey, baseUrl }, gate),
		notices: given.webhookSecrets.length === 0 ? undefined : openNotices(given.webhookSecrets),
		tokens,
		limits: openLimits(choices.limits, now, (cap) => given.log(capAlert(cap, choices.limits))),
		once,
		puzzle: await openPuzzle({ tokens, once, now }),
		latestIssue: () => latestIssue(given.folder, now()),
		clientAddress: nodeClient(given.isBehindProxy),
		stylesheet: publicStylesheet(settings.look),
		now,
		wait: (ms) => pace.wait(ms),
		log: given.log,
	};
}

async function audienceIds(
	settings: Settings,
	account: { key: string; baseUrl?: string | undefined },
) {
	const { segmentId, topicId } = settings.delivery;
	if (segmentId !== undefined && topicId !== undefined && account.baseUrl === undefined) {
		return { segmentId, topicId };
	}
	return findAudience(settings.delivery, openResend(account, machinePace()));
}

interface Given {
	settings: Settings;
	choices?: Partial<Choices>;
	publicUrl: string;
	/** Resend's own address if undefined. */
	baseUrl: string | undefined;
	sendKey: string;
	fullKey: string;
	tokenKeys: string;
	webhookSecrets: readonly string[];
	isBehindProxy: boolean;
	/** Absolute path of the built public site. */
	folder: string;
	/** The machine's clock if absent. */
	now?: () => Date;
	log(entry: LogEntry): void;
}
