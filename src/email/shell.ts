/** The document around a letter: what a mail needs besides its words. */
import { paint } from './colours.ts';
import type { Colours } from './colours.ts';
import { escapeAttribute, escapeText } from './escape.ts';
import { look, styleSheet } from './tokens.ts';

/** A whole HTML document, its line breaks as LF. */
export function shell(page: ShellPage): string {
	const lang = escapeAttribute(page.locale);
	const html = `<!doctype html>
<html lang="${lang}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${escapeText(page.subject)}</title>
<style>
${styleSheet(page.colours)}
</style>
</head>
<body${look('body')}>
<div lang="${lang}" dir="ltr"${look('outer')}>
<div${look('hidden')}>${escapeText(page.preheader)} ${padding}</div>
<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<div role="article" aria-label="${escapeAttribute(page.subject)}"${look('article')}>
${page.content}
</div>
<!--[if mso]></td></tr></table><![endif]-->
</div>
</body>
</html>
`;
	return paint(html, page.colours);
}

/** Fills the inbox line after the preheader, so that no words of the letter follow it there. */
const padding = Array.from({ length: 6 }, () => '&#847;&zwnj;&nbsp;'.repeat(16)).join('\n');

export interface ShellPage {
	colours: Colours;
	locale: string;
	subject: string;
	preheader: string;
	/** The letter, as HTML. */
	content: string;
}
