import { resolveTxt } from 'node:dns/promises';
import type { Dns } from '#/delivery/dmarc.ts';
import { examine, isHealthy } from '#/delivery/doctor.ts';
import { machineWeb, openSite } from '#/delivery/site.ts';
import { readSettings } from '#/settings.ts';
import { UserError } from '#/user-error.ts';
import type { Command } from './command.ts';
import { openDestination, openLedger } from './destination.ts';
import { printFindings } from './findings.ts';
import { canarySegmentOf } from './setup.ts';

/** Everything a send rests on, each fault with its fix. Changes nothing. */
export const doctor: Command = {
	usage: 'doctor [--url U] [--json]',
	summary: 'Looks at key, domain, audience, quota and the rest; each fault with its fix.',
	issue: 'none',
	options: { url: { type: 'string' }, json: { type: 'boolean' } },
	async run({ values, environment }, print) {
		const url = addressOf(values['url']);
		const destination = await openDestination(environment, print);
		const settings = readSettings(environment.contentDir);
		const { delivery } = settings;
		const findings = await examine(
			{
				senderDomain: (settings.from.address.split('@')[1] ?? '').toLowerCase(),
				audience: delivery,
				ids: delivery,
				canarySegment: canarySegmentOf(delivery),
				ledger: delivery.ledger,
				headersSeen: delivery.headersSeen,
				url,
				isSandbox: destination.sandbox !== undefined,
				isCi: environment.isCi,
				machine: { node: process.versions.node, tz: process.versions['tz'] ?? 'unknown' },
			},
			{
				provider: destination.provider,
				ledger: openLedger('all', settings, destination),
				dns: destination.sandbox ? noDns : machineDns,
				site: (address) => {
					const { origin } = new URL(address);
					return openSite({ publicOrigin: origin, servedFrom: origin }, machineWeb());
				},
			},
		);
		const count = printFindings(findings, { width: 12, isJson: values['json'] === true }, print);
		const rest = `${count('warn')} to keep an eye on, ${count('unknown')} unknown, ${count('open')} for a person to record`;
		if (isHealthy(findings)) {
			print.progress(`Nothing speaks against sending: ${rest}. Nothing was changed.`);
			return 0;
		}
		print.progress(`${count('bad')} to put right first, ${rest}. Nothing was changed.`);
		return 2;
	},
};

function addressOf(given: unknown): string | undefined {
	if (typeof given !== 'string') return undefined;
	if (/^https?:\/\//.test(given) && URL.canParse(given)) return given;
	throw new UserError(
		`"${given}" is no address.`,
		'Write it whole: --url https://news.example.com/',
	);
}

/** This machine's way to ask the world. */
const machineDns: Dns = {
	async txt(name) {
		try {
			const records = await resolveTxt(name);
			return { kind: 'found', records: records.map((parts) => parts.join('')) };
		} catch (error) {
			const code = error instanceof Error && 'code' in error ? String(error.code) : '';
			if (code === 'ENOTFOUND' || code === 'ENODATA') return { kind: 'none' };
			return { kind: 'unknown', reason: code || 'no answer' };
		}
	},
};

const noDns: Dns = {
	txt: () => Promise.resolve({ kind: 'unknown', reason: 'no mail leaves the sandbox' }),
};
