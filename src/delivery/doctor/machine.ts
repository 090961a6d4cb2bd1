import type { DoctorFacts, DoctorPorts } from './facts.ts';
import { bad, ok, unknown, warn } from './finding.ts';
import type { Finding } from './finding.ts';

/** Whether every receipt can be read, and outlives the machine. */
export async function checkLedger(facts: DoctorFacts, { ledger }: DoctorPorts): Promise<Finding[]> {
	const readings = await ledger.list();
	const broken = readings.flatMap((reading) => (reading.kind === 'receipt' ? [] : [reading]));
	return [
		...(broken.length === 0
			? [ok('ledger', `${readings.length} receipts, each can be read.`)]
			: broken.map(({ file, reason }) =>
					bad('ledger', `${file}: ${reason}.`, 'Restore it from git. Nothing is sent before.'),
				)),
		...(facts.isCi && facts.ledger === 'file'
			? [
					bad(
						'ledger',
						'Receipts are files, and the machine of a CI run is thrown away with them.',
						'Set delivery.ledger to git in settings.yaml.',
					),
				]
			: []),
	];
}

/** A plan made by one version of the zone database must not be sent by another that moves it. */
export async function checkMachine(
	{ machine }: DoctorFacts,
	{ ledger }: DoctorPorts,
): Promise<Finding[]> {
	const major = Number(/^v?(\d+)/.exec(machine.node)?.[1] ?? 0);
	const zones = new Set(
		(await ledger.list()).flatMap((one) =>
			one.kind === 'receipt' ? [one.receipt.planned.tz] : [],
		),
	);
	zones.delete(machine.tz);
	return [
		major >= 24
			? ok('node', `Node ${machine.node}.`)
			: bad('node', `Node ${machine.node} is too old.`, 'Use "npm run", which brings Node 24.'),
		zones.size === 0
			? ok('zones', `Zone database ${machine.tz}.`)
			: warn(
					'zones',
					`Zone database ${machine.tz}; receipts were written with ${[...zones].join(', ')}.`,
					'Use the same Node on every machine. A plan that moved is refused before it is sent.',
				),
	];
}

/** Whether the public site answers. */
export async function checkPage({ url }: DoctorFacts, { site }: DoctorPorts): Promise<Finding[]> {
	if (url === undefined) return [unknown('page', 'Not looked at: name it with --url.')];
	const reading = await site(url).read(url);
	if (reading.kind === 'ok') return [ok('page', `${url} answers.`)];
	return [bad('page', `${url} ${reading.reason}.`, 'Deploy the public site, then run this again.')];
}
