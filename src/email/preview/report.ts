import { formatInstant } from '#/delivery/schedule.ts';
import { escapeAttribute, escapeText } from '#/email/escape.ts';
import { formatProblem } from '#/problem.ts';
import type { Settings } from '#/settings.ts';
import type { OutlineItem } from './outline.ts';
import type { Proof, RuleResult } from './proof.ts';

/** A proof as one HTML file that needs nothing beside it: for a pull request, or for somebody without the project. */
export function reportHtml(proof: Proof, settings: Settings, shots: readonly Shot[]): string {
	const label = settings.numberPrefix + proof.id;
	const { html, text } = proof.message.bytes;
	const kept = proof.rules.filter(({ findings }) => findings.length === 0);
	return [
		'<!doctype html>',
		`<html lang="${escapeAttribute(settings.locale)}"><head><meta charset="utf-8">`,
		'<meta name="viewport" content="width=device-width">',
		`<title>${escapeText(`${label}: ${proof.title}`)}</title><style>${style}</style></head><body><main>`,
		`<p>${escapeText(label)}</p><h1>${escapeText(proof.title)}</h1>`,
		`<p>For ${escapeText(formatInstant(proof.at, settings.timeZone, settings.locale))}, from ${escapeText(proof.file)}. Content ${proof.message.contentHash.slice(0, 12)}.</p>`,
		proof.drafts.length > 0
			? `<p><strong>Not finished.</strong> Taken for finished here: ${escapeText(proof.drafts.join(', '))}.</p>`
			: '',
		'<h2>In the inbox</h2><dl>',
		...proof.inbox.map(
			(line) =>
				`<dt>${escapeText(line.client)}, ${line.characters} characters</dt><dd><strong>${escapeText(line.subject)}</strong> ${escapeText(line.preheader)}${line.cut === '' ? '' : '…'}</dd>`,
		),
		'</dl>',
		`<h2>Rules</h2><p>${kept.length} of ${proof.rules.length} hold. ${kilobytes(html)} of HTML (60 kB warns, ${settings.htmlMaxKb} kB stops, 102 kB is cut by Gmail), ${kilobytes(text)} of text.</p>`,
		`<table><thead><tr><th scope="col">Rule</th><th scope="col">Result</th></tr></thead><tbody>${proof.rules.map(ruleRow).join('')}</tbody></table>`,
		`<p>${proof.content.length === 0 ? 'The content check finds nothing.' : 'The content check finds:'}</p>`,
		`<ul>${proof.content.map((problem) => `<li>${escapeText(formatProblem(problem))}</li>`).join('')}</ul>`,
		'<h2>The mail</h2><p>Dark is our own dark styles, switched on; Gmail and Outlook recolour the light mail by themselves.</p><div class="shots">',
		...shots.map(
			(shot) =>
				`<figure><figcaption>${escapeText(shot.label)}</figcaption><img width="${shot.width}" src="data:image/png;base64,${Buffer.from(shot.png).toString('base64')}" alt="${escapeAttribute(`${label}: ${shot.label.toLowerCase()}. Its words are in the outline and the text below.`)}"></figure>`,
		),
		'</div>',
		`<h2>As a screen reader reads it</h2><ul>${proof.outline.map(outlineRow).join('')}</ul>`,
		`<h2>Text part</h2><pre tabindex="0" role="region" aria-label="Text part">${escapeText(proof.text)}</pre>`,
		'</main></body></html>\n',
	].join('\n');
}

/** The text part as a mail program shows it, with a line at 72 columns. */
export function textPage(text: string): string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Text part</title><style>body{margin:0;padding:16px;background:#ffffff;color:#1d2526}pre{margin:0;font:14px/21px Menlo,Consolas,monospace;background:linear-gradient(#a3241b 0 0) 72ch 0/1px 100% no-repeat}</style></head><body><pre>${escapeText(text)}</pre></body></html>`;
}

function ruleRow({ number, title, severity, findings }: RuleResult): string {
	const result =
		findings.length === 0
			? 'holds'
			: `<strong>${severity === 'B' ? 'broken' : 'warning'}</strong><br>${findings.map(({ message, fix }) => escapeText(`${message} ${fix}`)).join('<br>')}`;
	return `<tr><th scope="row">${number}. ${escapeText(title)}</th><td>${result}</td></tr>`;
}

function outlineRow(item: OutlineItem): string {
	const words = escapeText(item.words === '' ? 'without words' : item.words);
	switch (item.kind) {
		case 'heading':
			return `<li>Heading ${item.level}: <strong>${words}</strong></li>`;
		case 'link':
			return `<li>Link: ${words} <small>${escapeText(item.href)}</small></li>`;
		case 'picture':
			return `<li>Picture: ${words}</li>`;
	}
}

function kilobytes(bytes: number): string {
	return `${(bytes / 1000).toFixed(1)} kB`;
}

const style = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f6f3ee, #12191b); color: light-dark(#1d2526, #e8e4dc); }
main { max-width: 70rem; margin: auto; padding: 1.5rem; }
h1, h2 { line-height: 1.2; }
dt, small, figcaption { color: light-dark(#566061, #a9b5b3); }
dd { margin: 0 0 0.75rem; }
small { overflow-wrap: anywhere; }
table { border-collapse: collapse; }
th, td { text-align: start; vertical-align: top; font-weight: 400; padding: 0.25rem 1rem 0.25rem 0; border-block-start: 1px solid light-dark(#d9d2c6, #35423f); }
figure { margin: 0; }
.shots { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start; }
img { max-width: 100%; height: auto; display: block; outline: 1px solid light-dark(#d9d2c6, #35423f); }
pre { overflow-x: auto; }
`;

/** A picture of the mail. */
export interface Shot {
	/** Name of its file. */
	file: string;
	label: string;
	/** CSS px. */
	width: number;
	png: Uint8Array;
}
