/** What may be said of one trial: who has the issue twice, who not at all, and how it ended. */
import { payloadHash, payloadOf } from '#/delivery/message.ts';
import { messageOf } from './sender.ts';
import type { Trial } from './trial.ts';

/** Judges what was delivered, never what the sender believes. */
export function judge(trial: Trial): Verdict {
	const copies = new Map<string, number>();
	for (const { to } of trial.copies) copies.set(to, (copies.get(to) ?? 0) + 1);
	const missing = trial.readers.filter((reader) => !copies.has(reader)).length;
	const duplicates = [...copies.values()].filter((count) => count > 1).length;
	const strangers = [...copies.keys()].filter((to) => !trial.readers.includes(to)).length;

	const code = lastCode(trial);
	const isSent = missing === 0;
	const end = isSent ? 'sent' : code;
	const isPromised = code === 'done' && !isStopped(trial);
	const isOwed = isPromised || !isExplained(code, trial);
	const lost = isOwed ? missing : 0;
	const problems = [
		...(duplicates > 0 ? [`${duplicates} readers have it twice`] : []),
		...(lost > 0 ? [`${lost} readers have nothing; the sender last said "${code}"`] : []),
		...(strangers > 0 ? [`${strangers} people have it who are no readers`] : []),
		...(missing > 0 && missing < trial.readers.length ? ['only some readers have it'] : []),
		...afterwards(trial, isSent),
		...inSpiteOfHold(trial),
		...unrecorded(trial),
	];
	return {
		duplicates,
		lost,
		problems,
		end,
		isTransient: isTransient(trial, end),
		isAlone: isSent && !isHelped(trial),
	};
}

/** What the sender said last, before the day after. */
function lastCode({ runs }: Trial): string {
	const last = runs.findLast(({ by }) => by === 'person' || by === 'cron' || by === 'resumed');
	if (!last) return 'never run';
	return last.end.kind === 'stopped' ? last.end.code : last.end.kind;
}

/** True where a person stopped the issue for good, or may have. */
function isStopped({ hold, runs }: Trial): boolean {
	if (!hold || hold.code === 'nothing-to-hold' || hold.code === 'hold-late') return false;
	return !runs.some(({ by, end }) => by === 'resumed' && end.kind === 'done');
}

/** True where the plan itself is reason enough to stop like that, even when all is well again. */
function isExplained(code: string, trial: Trial): boolean {
	const { plan } = trial;
	const hasOldText = plan.runs.some((run) => run.hasOldText);
	switch (code) {
		case 'too-late':
			// Every run after the last moment, and only those, may say so.
			return true;
		case 'held':
		case 'gone':
		case 'not-held':
			return plan.hold !== null;
		case 'edited':
			return plan.isHtmlRewritten || hasOldText;
		case 'receipt-content':
		case 'scheduled-other':
		case 'sent-other':
			return hasOldText || plan.hold?.resumesAfterMs !== null;
		case 'done':
			return isStopped(trial);
		default:
			return false;
	}
}

/** Once all have it, another run says so. */
function afterwards({ runs, plan }: Trial, isSent: boolean): string[] {
	const after = runs.find(({ by }) => by === 'the day after')?.end;
	if (!after || after.kind !== 'stopped') return [];
	if (!isSent || plan.isHtmlRewritten) return [];
	const isOther = ['receipt-content', 'sent-other'].includes(after.code);
	if (isOther && (plan.hold || plan.runs.some((run) => run.hasOldText))) return [];
	return [`all have it, and yet the day after the sender stops: ${after.code}`];
}

/** A hold that was proven is a promise too. */
function inSpiteOfHold({ hold, copies, lateSends }: Trial): string[] {
	if (hold?.code !== 'held') return [];
	const late = copies.filter(({ at, subject }) => at > hold.at && !subject.includes('edited'));
	if (late.length === 0) return [];
	// A mark does not bind a request that is executed hours after it was given up, once reconcile has
	// looked for the last time: only removal is absolute, and the guide says so.
	const isExecutedLate = late.every((copy) =>
		lateSends.some((at) => at > hold.at && at <= copy.at),
	);
	if (isExecutedLate && !hold.isDelete) return [];
	return [`${late.length} copies went out in spite of a hold${hold.isDelete ? ' by removal' : ''}`];
}

/** What readers have is what a receipt of the issue stands for, by the very broadcast it names. */
function unrecorded({ receipts, copies, ids }: Trial): string[] {
	if (receipts.length < 2) return [];
	const recorded = (['old', 'last', 'edited'] as const).flatMap((version) => {
		const { subject } = messageOf(version);
		const hash = payloadHash(payloadOf(messageOf(version), ids));
		return receipts.flatMap((receipt) =>
			receipt.payloadHash === hash ? `${receipt.broadcast} ${subject}` : [],
		);
	});
	const wrong = copies.filter(
		({ broadcast, subject }) => !recorded.includes(`${broadcast} ${subject}`),
	);
	return wrong.length > 0 ? [`${wrong.length} copies are not what a receipt stands for`] : [];
}

/** True where a person ran it before it was out. */
function isHelped({ runs, copies }: Trial): boolean {
	const last = Math.max(...copies.map(({ at }) => at));
	return runs.some(({ by, at }) => by === 'person' && at <= last);
}

/** True where everything that went wrong passes by itself. */
function isTransient({ plan, hits, runs }: Trial, end: string): boolean {
	if (plan.hold || plan.isHtmlRewritten || plan.quotaFromMs !== null) return false;
	if (plan.runs.some((run) => run.hasOldText)) return false;
	// A provider that reserves half an hour later than it was asked to, just before it is too late.
	const isOverTime = runs.some(
		(run) => run.end.kind === 'stopped' && run.end.code === 'other-time',
	);
	if (end === 'too-late' || (isOverTime && plan.clauses.includes('C06'))) return false;
	return ![...hits.keys()].some((hit) => lasting.has(hit) || /: (jump|skew)$/.test(hit));
}

/** What only a person puts right. */
const lasting = new Set([
	'fault 401',
	'fault 403',
	'fault 429-daily',
	'fault 429-monthly',
	"runner's clock moved",
	"provider's clock back",
	"provider's clock ahead",
	'site: fault',
]);

export interface Verdict {
	/** Readers with two copies or more. */
	duplicates: number;
	/** Readers who should have the issue, and have nothing. */
	lost: number;
	/** Everything that is wrong, in words; none where the trial is passed. */
	problems: string[];
	/** `sent`, or the code of the last stop. */
	end: string;
	isTransient: boolean;
	/** It came to its end without a person. */
	isAlone: boolean;
}
