import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { shortHash } from '#/delivery/canonical.ts';
import { frozenFiles } from '#/delivery/frozen.ts';
import { isReady, issueId } from '#/library/entry.ts';
import { formatProblem } from '#/problem.ts';
import { UserError } from '#/user-error.ts';
import type { Call, Command, Print } from './command.ts';
import { findDestination, openLedger } from './destination.ts';
import type { Destination } from './destination.ts';
import { openIssues, plannedOf } from './edition.ts';
import type { Where } from './edition.ts';
import { openOutgoing, refuseProblems } from './outgoing.ts';
import { formatProposal, propose, proposeOffline } from './proposal.ts';
import type { Proposal } from './proposal.ts';

/** What would be sent, and its frozen bytes. */
export const plan: Command = {
	usage: 'plan [NNN] [--due 36h] [--out DIR | --from DIR]',
	summary: 'What would be sent, to whom and when; --out keeps its bytes.',
	issue: 'optional',
	options: {
		due: { type: 'string' },
		out: { type: 'string' },
		from: { type: 'string' },
	},
	async run({ issue, values, environment }, print) {
		const destination = await findDestination(environment);
		print.progress(destination?.title ?? 'No key and no sandbox: nobody is asked.');
		const where: Where = {
			environment,
			receiptsDir: destination?.receiptsDir ?? environment.receiptsDir,
			now: destination?.now ?? environment.now,
		};
		const chosen = issue ?? (await dueIssue(values['due'], where, print));
		if (chosen === undefined) return 0;

		const from = typeof values['from'] === 'string' ? values['from'] : undefined;
		const outgoing = await openOutgoing(chosen, from, where);
		refuseProblems(outgoing);
		const proposal = await proposalFor(outgoing, destination);
		print.result(formatProposal(proposal));
		for (const problem of outgoing.problems) {
			print.progress(`${problem.level}: ${formatProblem(problem)}`);
		}
		if (outgoing.frozen && outgoing.frozen.hash !== proposal.payloadHash) {
			throw new UserError(
				`The frozen bytes are for ${shortHash(outgoing.frozen.hash)}; with the provider's segment and topic they are ${shortHash(proposal.payloadHash)}.`,
				'delivery.segmentId or topicId in settings.yaml is not that of the names beside it. Nothing was sent.',
			);
		}
		if (typeof values['out'] === 'string') {
			const folder = join(resolve(values['out']), chosen);
			await freeze(proposal, folder);
			print.progress(`Kept in ${folder}: payload.json, plan.json, preview.html, preview.txt.`);
		}
		if (values['due'] !== undefined) await handOn(proposal, environment.githubOutput);
		print.progress(`Nothing was sent. To send it: ${sendCommand(proposal, values)}`);
		return 0;
	},
};

async function proposalFor(
	outgoing: Proposal['outgoing'],
	destination: Destination | undefined,
): Promise<Proposal> {
	if (!destination) return proposeOffline(outgoing);
	const ledger = openLedger(outgoing.stem, outgoing.settings, destination);
	return propose(outgoing, destination.provider, ledger);
}

/**
 * The one issue that is due within a span and has no receipt yet.
 * @throws UserError where there are two: a person must say which
 */
async function dueIssue(
	due: Call['values'][string],
	where: Where,
	print: Print,
): Promise<string | undefined> {
	if (typeof due !== 'string') {
		throw new UserError('Which issue?', 'npm run newsletter -- plan <NNN>, or plan --due 36h');
	}
	const { issues, settings, library } = await openIssues(where);
	const from = where.now.getTime();
	const until = from + hoursOf(due) * 3_600_000;
	const found = issues.filter((issue) => {
		const planned = Date.parse(plannedOf(issue, settings).utc);
		const isOpen = isReady(issue) && !library.receipts.has(issueId(issue.data.number));
		// What is a week late is not due: it was missed, and a person says what becomes of it.
		return isOpen && planned <= until && planned > from - 7 * 86_400_000;
	});
	const ids = found.map((issue) => issueId(issue.data.number));
	if (ids.length > 1) {
		throw new UserError(
			`${ids.join(' and ')} are both due, and a week has one issue.`,
			'Give one of them another day, or plan the one that is meant by its number. Nothing was sent.',
		);
	}
	if (ids.length === 0) print.progress(`No issue is due within ${due}. Nothing is to be done.`);
	return ids[0];
}

function hoursOf(text: string): number {
	const hours = Number(/^(\d{1,3})h$/.exec(text)?.[1]);
	if (hours > 0) return hours;
	throw new UserError(`--due is "${text}".`, 'Give hours: --due 36h');
}

/** Writes everything that reaches the provider, and what a person looks at before it does. */
async function freeze({ outgoing, payload, payloadHash }: Proposal, folder: string): Promise<void> {
	const { message, planned, settings } = outgoing;
	const files = frozenFiles(payload, {
		v: 1,
		site: message.site,
		issue: message.issue,
		file: outgoing.file,
		stem: outgoing.stem,
		title: outgoing.title,
		payloadHash,
		contentHash: message.contentHash,
		planned,
		undoMinutes: settings.delivery.undoMinutes,
		audience: { segment: settings.delivery.segment, topic: settings.delivery.topic },
		postalAddress: settings.postalAddress,
		problems: outgoing.problems,
	});
	const all = { ...files, 'preview.html': message.html, 'preview.txt': message.text };
	await mkdir(folder, { recursive: true });
	await Promise.all(Object.entries(all).map(([name, text]) => writeFile(join(folder, name), text)));
}

/** Tells the later jobs of a CI run which issue it is, and what was approved. */
async function handOn({ outgoing, payloadHash }: Proposal, file: string | undefined) {
	if (file === undefined) return;
	const lines = [`issue=${outgoing.message.issue}`, `hash=${shortHash(payloadHash)}`];
	await appendFile(file, `${lines.join('\n')}\n`);
}

function sendCommand({ outgoing, payloadHash }: Proposal, values: Call['values']): string {
	const { issue } = outgoing.message;
	const { out, from } = values;
	const folder =
		typeof from === 'string' ? from : typeof out === 'string' ? join(out, issue) : undefined;
	const frozen = folder === undefined ? '' : ` --from ${folder}`;
	return `npm run newsletter -- send ${issue}${frozen} --approve ${shortHash(payloadHash)}`;
}
