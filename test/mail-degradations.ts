/**
 * Where mail programs lack something that our letters use, and why that is accepted: the letter
 * loses looks there, never words. From caniemail's data; `docs/mail.md` tells it in prose.
 */
export const degradations: readonly Degradation[] = [
	// The document
	{
		feature: '<body> element',
		none: 'aol fastmail outlook protonmail yahoo',
		partial: 'gmail gmail-mobile-web hey',
		reason: 'Webmail puts a div in its place. All that matters stands on our own wrapper too.',
	},
	{
		feature: '<style> element',
		none: 'gmail-mobile-web gmx web-de',
		partial: 'gmail outlook-classic protonmail',
		reason: 'It holds dark mode and narrow screens only; the letter reads without both.',
	},
	{
		feature: '@media',
		none: 'gmail-mobile-web outlook-classic thunderbird',
		partial: 'aol gmail outlook protonmail samsung-email yahoo',
		reason: 'As for the style element.',
	},
	{
		feature: 'color-scheme CSS property',
		none: 'aol fastmail gmail gmail-mobile-web gmx hey outlook outlook-classic protonmail web-de yahoo',
		reason: 'Without it a program may recolour by itself; no meaning rests on a background.',
	},
	{
		feature: 'color-scheme meta tag',
		none: 'aol apple-mail fastmail gmail gmail-mobile-web gmx hey outlook outlook-classic protonmail samsung-email web-de yahoo',
		reason: 'As for the property.',
	},
	{
		feature: 'HTML comments',
		partial: 'fastmail gmx hey web-de',
		reason: 'Nobody has tested them there. Ours speak to classic Outlook alone.',
	},
	// What a screen reader is told
	{
		feature: 'aria-label attribute',
		none: 'aol gmx hey thunderbird web-de yahoo',
		reason: 'Names the article by the subject, which stands above the letter anyway.',
	},
	{
		feature: 'role attribute',
		none: 'gmx hey web-de',
		partial: 'aol yahoo',
		reason: 'Article and list: a landmark and a list without markers less, no words.',
	},
	{
		feature: 'lang attribute',
		none: 'gmx hey web-de',
		partial: 'aol yahoo',
		reason: "Taken out, or off table cells: the reader's own language is assumed.",
	},
	{
		feature: 'dir attribute',
		none: 'gmx web-de',
		partial: 'gmail-mobile-web outlook-classic',
		reason: 'Taken out, or right-to-left text is what goes wrong; ours runs left to right.',
	},
	// What is hidden: the preheader
	{
		feature: 'display:none',
		none: 'gmail-mobile-web',
		partial: 'outlook-classic',
		reason: 'The preheader shows as a first line. It is a sentence of the letter.',
	},
	{
		feature: 'opacity',
		none: 'aol gmail-mobile-web gmx outlook-classic web-de',
		reason: 'One of four ways the preheader is hidden by.',
	},
	{
		feature: 'max-height property',
		none: 'outlook-classic',
		reason: 'One of four ways the preheader is hidden by; mso-hide does it there.',
	},
	{
		feature: 'overflow',
		none: 'outlook-classic',
		partial: 'aol apple-mail gmail gmail-mobile-web gmx outlook protonmail web-de yahoo',
		reason: 'One of four ways the preheader is hidden by. The logical forms are what most lack.',
	},
	// Room and width
	{
		feature: 'display',
		partial: 'aol fastmail gmail gmx outlook-classic web-de yahoo',
		reason:
			'flex and grid are what they lack; classic Outlook, which lacks more, gets a table for the two columns.',
	},
	{
		feature: 'margin',
		partial: 'aol gmail gmail-mobile-web outlook outlook-classic yahoo',
		reason:
			'Negative margins are what they lack; classic Outlook also lacks auto, where a table centres the letter.',
	},
	{
		feature: 'padding',
		partial: 'outlook-classic',
		reason:
			'Classic Outlook pads table cells only: coloured boxes sit tight around their words there.',
	},
	{
		feature: 'max-width',
		partial: 'apple-mail outlook-classic',
		reason: 'A table that classic Outlook alone sees holds the letter to 600 pixels.',
	},
	{
		feature: 'width property',
		partial: 'outlook-classic',
		reason: 'Pictures carry their width as an attribute.',
	},
	{
		feature: 'width attribute',
		none: 'hey',
		partial: 'outlook-classic',
		reason: 'Pictures carry their width as a style too.',
	},
	{
		feature: 'height property',
		none: 'aol yahoo',
		partial: 'outlook-classic',
		reason: 'Taken as a least height or dropped. Ours is auto, and the attribute stands beside it.',
	},
	{
		feature: 'height attribute',
		none: 'hey',
		partial: 'outlook-classic',
		reason: 'The picture then takes its own height.',
	},
	{
		feature: '<img> element',
		partial: 'gmx protonmail thunderbird web-de',
		reason: 'Nobody has tested it there. What a picture shows stands in its words.',
	},
	// Lines and edges
	{
		feature: 'border',
		partial: 'outlook-classic',
		reason:
			'Thin ones are there; classic Outlook draws them unreliably on boxes. The label says the same.',
	},
	{
		feature: 'border-radius',
		none: 'gmx outlook-classic web-de',
		partial: 'aol yahoo',
		reason: 'Corners are square.',
	},
	{
		feature: 'border-collapse',
		partial: 'fastmail gmx hey web-de',
		reason: 'Nobody has tested it there.',
	},
	{
		feature: 'cellpadding attribute',
		partial: 'fastmail gmx hey web-de',
		reason: 'Nobody has tested it there; every cell carries its own padding.',
	},
	{
		feature: 'cellspacing attribute',
		partial: 'fastmail gmx hey web-de',
		reason: 'As for cellpadding.',
	},
	{
		feature: 'background',
		partial: 'aol gmx outlook-classic web-de yahoo',
		reason: 'Pictures behind text are what they lack; ours are plain colours.',
	},
	{
		feature: 'background-color',
		partial: 'gmx web-de',
		reason: 'Named colours only, by these data: a box loses its tint. Its border and label stay.',
	},
	{
		feature: '<hr> element',
		partial: 'fastmail gmx hey web-de',
		reason: 'Nobody has tested it there.',
	},
	// Words
	{
		feature: '<blockquote> element',
		partial: 'hey',
		reason: 'Folded like a quoted mail until it is opened. Who said it stands inside.',
	},
	{
		feature: '<code> element',
		partial: 'web-de',
		reason: 'Nobody has tested it there; at worst the words stand in the face of the text.',
	},
	{
		feature: '<pre> element',
		partial: 'web-de',
		reason: 'Nobody has tested it there. Editors may not write code blocks.',
	},
	{
		feature: '<ul>, <ol> and <dl>',
		partial: 'aol gmail gmail-mobile-web outlook outlook-classic yahoo',
		reason: 'Counting backwards is what they lack.',
	},
	{
		feature: 'list-style',
		none: 'protonmail',
		partial: 'aol gmail gmail-mobile-web outlook-classic yahoo',
		reason:
			'Pictures as markers are what they lack; in one program a task shows a marker beside its box.',
	},
	{
		feature: 'font-size',
		partial: 'aol fastmail gmx hey outlook-classic samsung-email web-de yahoo',
		reason: 'Relative sizes are what they lack, or nobody has tested it there; ours are pixels.',
	},
	{
		feature: 'font-weight',
		partial: 'aol outlook-classic yahoo',
		reason: 'Weights between are what they lack; ours are 400 and 700.',
	},
	{
		feature: 'letter-spacing',
		partial: 'outlook-classic',
		reason: 'Large and relative spacing is what it lacks; ours is 0.4 pixels.',
	},
	{
		feature: 'line-height',
		partial: 'outlook-classic',
		reason: 'Lines may stand further apart than asked.',
	},
	{
		feature: 'text-align',
		partial: 'aol gmail gmail-mobile-web gmx outlook outlook-classic samsung-email web-de yahoo',
		reason: 'start, end and match-parent are what they lack; ours are left, right and center.',
	},
	{
		feature: 'text-decoration',
		none: 'protonmail',
		partial: 'gmail gmx outlook-classic web-de',
		reason:
			'The long form is what they lack, Proton on iOS all of it: links keep their colour there.',
	},
	{
		feature: 'overflow-wrap',
		none: 'aol gmail outlook outlook-classic yahoo',
		partial: 'apple-mail fastmail gmail-mobile-web hey protonmail',
		reason: 'word-break says the same where this is not known.',
	},
	{
		feature: 'word-break',
		none: 'aol gmx web-de yahoo',
		partial: 'apple-mail gmail gmail-mobile-web hey outlook protonmail samsung-email',
		reason:
			'Taken as break-all, or not known: there a very long address makes the letter scroll sideways.',
	},
	{
		feature: 'white-space',
		none: 'outlook-classic samsung-email',
		partial: 'gmail gmx web-de yahoo',
		reason: 'pre is what they lack. Long lines of code run on; editors may not write code blocks.',
	},
	{
		feature: 'mailto: links',
		partial: 'aol protonmail yahoo',
		reason: 'Copies are what they lack, or a contact card opens first.',
	},
];

export interface Degradation {
	/** By caniemail's name. */
	feature: string;
	/** Families of programs that do not know it at all, with blanks between. */
	none?: string;
	/** Families that know part of it. */
	partial?: string;
	reason: string;
}
