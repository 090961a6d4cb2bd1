import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { canonicalJson } from '#/delivery/canonical.ts';
import { formatProblem } from '#/problem.ts';
import type { Command } from './command.ts';
import { openDestination } from './destination.ts';
import { compile } from './edition.ts';
import { formatProposal, propose, refuseProblems } from './proposal.ts';
import type { Proposal } from './proposal.ts';

/** What would be sent, and its frozen bytes. */
export const plan: Command = {
	usage: 'plan <NNN> [--out DIR]',
	summary: 'What would be sent, to whom and when; --out keeps its bytes.',
	issue: 'required',
	options: { out: { type: 'string' } },
	async run({ issue = '', values, environment }, print) {
		const { provider, receiptsDir, now } = await openDestination(environment, print);
		const edition = await compile(issue, { environment, receiptsDir, now });
		refuseProblems(edition);
		const proposal = await propose(edition, provider);
		print.result(formatProposal(proposal));
		for (const problem of [...edition.contentProblems, ...edition.mailProblems]) {
			print.progress(`${problem.level}: ${formatProblem(problem)}`);
		}
		if (typeof values['out'] === 'string') {
			const folder = resolve(values['out']);
			await freeze(proposal, folder);
			print.progress(`Kept in ${folder}: payload.json, plan.json, preview.html, preview.txt.`);
		}
		print.progress('Nothing was sent.');
		return 0;
	},
};

/** Writes everything that reaches the provider, and what a person looks at before it does. */
async function freeze({ edition, payload, payloadHash, readers }: Proposal, folder: string) {
	const { message, planned, settings } = edition;
	const facts = {
		site: message.site,
		issue: message.issue,
		subject: payload.subject,
		payloadHash,
		contentHash: message.contentHash,
		planned,
		audience: {
			segment: settings.delivery.segment,
			topic: settings.delivery.topic,
			upTo: readers,
		},
		bytes: message.bytes,
		problems: [...edition.contentProblems, ...edition.mailProblems],
	};
	await mkdir(folder, { recursive: true });
	await Promise.all([
		writeFile(join(folder, 'payload.json'), canonicalJson(payload)),
		writeFile(join(folder, 'plan.json'), `${JSON.stringify(facts, null, '\t')}\n`),
		writeFile(join(folder, 'preview.html'), message.html),
		writeFile(join(folder, 'preview.txt'), message.text),
	]);
}
