import { resolve } from 'node:path';
import { readFrozen } from '#/delivery/frozen.ts';
import type { Message } from '#/delivery/message.ts';
import type { Planned } from '#/delivery/schedule.ts';
import { Stop } from '#/delivery/stop.ts';
import { formatProblem } from '#/problem.ts';
import type { Problem } from '#/problem.ts';
import { readSettings } from '#/settings.ts';
import type { Settings } from '#/settings.ts';
import { compile } from './edition.ts';
import type { Edition, Where } from './edition.ts';

/**
 * What is to go out: compiled here and now, or, with a folder, the frozen bytes that were approved.
 * Frozen bytes are sent without rendering anything.
 * @param from - folder of the frozen issue
 */
export async function openOutgoing(
	issue: string,
	from: string | undefined,
	where: Where,
): Promise<Outgoing> {
	if (from === undefined) return outgoingOf(await compile(issue, where));
	const { message, plan, problems, payload } = await readFrozen(resolve(from), issue);
	return {
		message,
		planned: plan.planned,
		title: plan.title,
		stem: plan.stem,
		file: plan.file,
		problems,
		settings: readSettings(where.environment.contentDir),
		frozen: { hash: plan.payloadHash, segmentId: payload.segmentId, topicId: payload.topicId },
	};
}

/** A compiled issue, ready to go. */
export function outgoingOf(edition: Edition): Outgoing {
	return {
		message: edition.message,
		planned: edition.planned,
		title: edition.issue.data.title,
		stem: edition.stem,
		file: edition.issue.file,
		problems: [...edition.contentProblems, ...edition.mailProblems],
		settings: edition.settings,
		frozen: undefined,
	};
}

/**
 * Refuses where the content of an issue has errors.
 * @throws Stop with each of them
 */
export function refuseProblems({ problems, message }: Outgoing): void {
	const errors = problems.filter(({ level }) => level === 'error');
	if (errors.length === 0) return;
	throw new Stop(
		'content',
		errors.map(formatProblem).join('\n'),
		`Issue ${message.issue} has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}. Correct it first. Nothing was sent.`,
	);
}

/** One issue on its way, wherever its bytes come from. */
export interface Outgoing {
	message: Message;
	planned: Planned;
	title: string;
	/** File name of the issue without its ending; its receipt is named after it. */
	stem: string;
	/** The issue's file below the content folder. */
	file: string;
	/** Of the content and of the mail. */
	problems: Problem[];
	settings: Settings;
	/** What was approved, where the bytes were frozen. */
	frozen: { hash: string; segmentId: string; topicId: string } | undefined;
}
