/** Classic Outlook, which shows mails with the engine of Word: as little for it as will do. */
import { closest, elements } from './element.ts';
import type { Mail } from './mail.ts';
import { found } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const outlookRules: readonly Rule[] = [
	{
		id: 'mail/25-outlook',
		number: 25,
		severity: 'B',
		title:
			'One table of 600 px around the letter for classic Outlook, and nothing else of its own.',
		fix: 'Keep what classic Outlook needs to that one table; a text link calls to action.',
		check: checkOutlook,
	},
];

function checkOutlook({ message, outlook, page, css }: Mail): Finding[] {
	const letter = elements(outlook).find(({ attributes }) => attributes.get('role') === 'article');
	const ghost = closest(letter?.parent, ({ tag }) => tag === 'table');
	const vml = /<v:|<o:|<w:|xmlns:[vow]=|urn:schemas-microsoft-com/i.test(message.html);
	const opened = message.html.match(/<!--\[if\b/gi)?.length ?? 0;
	const closed = message.html.match(/<!\[endif\]-->/gi)?.length ?? 0;
	const styles = elements(page).flatMap(({ style }) => style);
	const own = styles.filter(({ name }) => name.startsWith('mso-') && name !== 'mso-hide');
	const buttons = elements(page, 'a').filter(({ style }) =>
		style.some(
			({ name, value }) =>
				/^(?:padding|background|border(?!-(?:radius|collapse))|display)/.test(name) &&
				!/^(?:0|none|inline)$/.test(value),
		),
	);
	return [
		...found(
			letter !== undefined && ghost?.attributes.get('width') !== '600',
			'No table of 600 px holds the letter in classic Outlook.',
		),
		...found(opened !== closed, 'A comment for classic Outlook is not closed.'),
		...found(vml, 'The mail holds VML or Office markup.'),
		...found(own.length > 0 || /mso-/.test(css), 'The mail has styles for Word.'),
		...buttons.flatMap(() => found(true, 'A link is dressed as a button.')),
	];
}
