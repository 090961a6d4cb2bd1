import { shortHash } from '#/delivery/canonical.ts';
import type { Site } from '#/delivery/site.ts';
import { Stop } from '#/delivery/stop.ts';
import { attributeOf, tagsOf } from './markup.ts';
import type { GuardFacts, GuardPorts } from './facts.ts';

/**
 * Stops unless the public site shows this issue with this content, and its feed has it: the mail
 * links there. Waits for a deployment as long as it may.
 */
export async function refusePage(facts: GuardFacts, ports: GuardPorts): Promise<void> {
	const { site } = ports;
	if (!site) {
		if (ports.isSandbox) {
			ports.tell('page', 'not looked at: no public site is served beside this sandbox');
			return;
		}
		throw new Stop(
			'page',
			'There is no public site to look at.',
			'Set sites.public in settings.yaml.',
		);
	}
	const start = ports.now().getTime();
	let waited = 0;
	for (;;) {
		const faults = await faultsOf(facts, site);
		if (faults.length === 0) break;
		const left = ports.waitPageMs - Math.max(waited, ports.now().getTime() - start);
		if (left <= 0) {
			throw new Stop(
				'page',
				faults.join('\n'),
				'Build and deploy the public site, then run the same command again; with --wait-page 20m it waits for that.',
			);
		}
		if (waited === 0) ports.tell('page', `${faults[0] ?? ''} Waiting for the site to be deployed.`);
		const pause = Math.min(pollMs, left);
		await ports.wait(pause);
		waited += pause;
	}
	ports.tell('page', `${facts.page.issue} shows this content, and the feed has it`);
}

async function faultsOf({ page, issue, contentHash }: GuardFacts, site: Site): Promise<string[]> {
	const read = await site.read(page.issue);
	if (read.kind === 'failed') return [`${page.issue} ${read.reason}.`];
	const shown = metaOf(read.text, 'newsletter-issue');
	const content = metaOf(read.text, 'newsletter-content');
	const wanted = shortHash(contentHash);
	if (shown === undefined || content === undefined) {
		return [`${page.issue} does not say which issue it shows: it is no page of an issue.`];
	}
	if (shown !== issue) return [`${page.issue} shows issue ${shown}, not ${issue}.`];
	if (content !== wanted) {
		return [`${page.issue} shows another version: content ${content}, the mail has ${wanted}.`];
	}
	const feed = await site.read(page.feed);
	if (feed.kind === 'failed') return [`${page.feed} ${feed.reason}.`];
	// An element's text in Atom and RSS, a string in JSON.
	const forms = [`>${escapeXml(page.issue)}<`, JSON.stringify(page.issue)];
	const isThere = forms.some((form) => feed.text.includes(form));
	return isThere ? [] : [`The feed ${page.feed} has no entry for ${page.issue}.`];
}

function metaOf(html: string, name: string): string | undefined {
	const tag = tagsOf(html, 'meta').find((meta) => attributeOf(meta, 'name') === name);
	return tag && attributeOf(tag, 'content');
}

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** How long a deployment is given before the page is looked at again. */
const pollMs = 15_000;
