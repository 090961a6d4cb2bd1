import type { Probe, Site } from '#/delivery/site.ts';
import { Stop } from '#/delivery/stop.ts';
import type { GuardFacts, GuardPorts } from './facts.ts';
import { valuesOf } from './markup.ts';

/**
 * Stops where a link or picture of the mail does not answer. Links off our own host are not asked in
 * a sandbox, nor where a person said so; that is said.
 */
export async function refuseLinks(facts: GuardFacts, ports: GuardPorts): Promise<void> {
	const { site } = ports;
	if (!site) return;
	const links = linksOf(facts.payload.html);
	const own = links.web.filter((url) => site.isOwn(url));
	const outside = links.web.filter((url) => !site.isOwn(url));
	const skipped = ports.isSandbox
		? 'a sandbox asks nobody outside'
		: facts.typed.isLinksOk === true
			? 'as --links-ok says'
			: undefined;
	const asked = skipped === undefined ? links.web : own;
	if (skipped !== undefined && outside.length > 0) {
		ports.tell('links', `${outside.length} outside: not asked, ${skipped}`);
	}
	const probes = await probeAll(asked, site);
	const broken = [
		...links.wrong.map((url) => `"${url}" is no web address`),
		...probes.flatMap(({ url, probe }) =>
			probe.kind === 'broken' ? [`${url} ${probe.reason}`] : [],
		),
	];
	for (const { url, probe } of probes) {
		if (probe.kind === 'closed') ports.tell('links', `${url} ${probe.reason}: look at it yourself`);
	}
	if (broken.length === 0) {
		ports.tell('links', `${asked.length} answer`);
		return;
	}
	const onlyOutside =
		links.wrong.length === 0 &&
		probes.every(({ url, probe }) => probe.kind !== 'broken' || !site.isOwn(url));
	throw new Stop(
		'links',
		`Of ${links.web.length + links.wrong.length} links and pictures of the mail, ${broken.length} do not lead anywhere:\n${broken.join('\n')}`,
		onlyOutside
			? 'Correct them in the content. If you have seen them work: --links-ok.'
			: 'Correct them in the content, or deploy what is missing on the public site.',
	);
}

/** The addresses of a mail, each once: those of the web, and those no reader could follow. */
function linksOf(html: string): { web: string[]; wrong: string[] } {
	const web = new Set<string>();
	const wrong = new Set<string>();
	for (const value of ['href', 'src', 'background'].flatMap((name) => valuesOf(html, name))) {
		const address = value.trim();
		// The provider fills in placeholders; the others are not of the web, or lead within the mail.
		if (address.includes('{{{') || /^(?:mailto:|tel:|#)/i.test(address)) continue;
		const url = URL.canParse(address) ? new URL(address) : undefined;
		if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
			wrong.add(address);
			continue;
		}
		url.hash = '';
		web.add(url.href);
	}
	return { web: [...web], wrong: [...wrong] };
}

async function probeAll(urls: readonly string[], site: Site): Promise<Probed[]> {
	const waiting = [...urls];
	const probed: Probed[] = [];
	async function work(): Promise<void> {
		for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
			probed.push({ url, probe: await site.probe(url) });
		}
	}
	await Promise.all(Array.from({ length: atOnce }, work));
	return probed.toSorted((a, b) => urls.indexOf(a.url) - urls.indexOf(b.url));
}

const atOnce = 4;

interface Probed {
	url: string;
	probe: Probe;
}
