/** What only classic Outlook reads: conditional comments and VML. No browser shows it. */
import { closest, elements, parseHtml, readableText } from '#/email/rules/element.ts';
import type { MailElement } from '#/email/rules/element.ts';
import { outlookHtml } from '#/email/rules/mail.ts';
import type { Found } from './finding.ts';
import { layoutTable } from './view-rules.ts';

/** Every finding in the parts for classic Outlook. */
export function judgeOutlook(html: string): Found[] {
	const root = parseHtml(outlookHtml(html));
	// Those that every program reads are judged in the browser.
	const shared = elements(parseHtml(html), 'table').filter(isBare).map(startOf);
	const bare = elements(root, 'table')
		.filter(isBare)
		.map(startOf)
		.filter((start) => {
			const at = shared.indexOf(start);
			if (at >= 0) shared.splice(at, 1);
			return at < 0;
		});
	const shapes = elements(root).filter(isShape);
	return [
		...bare.map((start) => layoutTable(`for classic Outlook: ${start}`)),
		...shapes
			.filter((shape) => !shape.attributes.get('alt')?.trim())
			.map((shape) => ({
				rule: 'vml-alt',
				grade: 'critical' as const,
				where: startOf(shape),
				message: 'A drawing for classic Outlook has no alt.',
				fix: 'Say in alt what it tells, or take the drawing out.',
			})),
		...elements(root)
			.filter(
				(element) =>
					(isShape(element) && element.attributes.has('href')) ||
					(element.tag === 'a' && closest(element, isShape)),
			)
			.map((link) => ({
				rule: 'vml-link',
				grade: 'serious' as const,
				where: startOf(link),
				message: 'A link in a drawing cannot be reached by keyboard in classic Outlook.',
				fix: 'Use a text link.',
			})),
		...elements(root, 'h1', 'h2', 'h3', 'h4', 'h5', 'h6')
			.filter((heading) => closest(heading, isShape))
			.map((heading) => ({
				rule: 'vml-heading',
				grade: 'moderate' as const,
				where: readableText(heading).slice(0, 80),
				message: 'Classic Outlook does not read a heading in a drawing as one.',
				fix: 'Move the heading out of the drawing.',
			})),
	];
}

/** A table that says nothing of what it is for. */
function isBare(table: MailElement): boolean {
	return (
		!/^(?:presentation|none)$/.test(table.attributes.get('role') ?? '') &&
		elements(table, 'th', 'caption').length === 0
	);
}

function isShape({ tag }: MailElement): boolean {
	return /^v:(?:rect|roundrect|oval|shape|image|line|polyline|curve|arc)$/.test(tag);
}

function startOf({ tag, attributes }: MailElement): string {
	const given = [...attributes].map(([name, value]) => ` ${name}="${value}"`).join('');
	return `<${tag}${given}>`.slice(0, 120);
}
