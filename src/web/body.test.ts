import { describe, expect, test } from 'vitest';
import { parseBody } from '#/library/body.ts';
import type { BodyNode } from '#/library/tree.ts';
import type { NamedEntry } from '#/library/view.ts';
import { renderBody } from './body.ts';
import type { Surroundings } from './body/surroundings.ts';

describe('renderBody', () => {
	test('writes Markdown as plain elements, its headings at the level of the page', () => {
		expect(html('### One\n\n3. *b*\n\n#### Two', { level: 2, prefix: 'x-' })).toMatchInlineSnapshot(
			`"<h2 id="x-one">One</h2><ol start="3">
<li><em>b</em></li>
</ol><h3 id="x-two">Two</h3>"`,
		);
	});

	test('escapes what an editor writes', () => {
		expect(html('a &lt;b&gt; & "c"')).toBe('<p>a &#x3C;b> &#x26; "c"</p>');
	});

	test('leads a link to the entry it names, and marks a link to another site', () => {
		expect(html('[Lead](term/lead) [Other](https://example.com/a)')).toMatchInlineSnapshot(
			`"<p><a href="/terms/lead/">Lead</a> <a href="https://example.com/a" rel="external">Other</a></p>"`,
		);
	});

	test('shows a link to an entry without a page here as plain words', () => {
		expect(html('[Not here](tip/not-here)')).toBe('<p><span>Not here</span></p>');
	});

	test('names the rows of a table by their first cells', () => {
		expect(html('| | A |\n| --- | --- |\n| r | 1 |')).toMatchInlineSnapshot(
			`"<table><thead><tr><td></td><th scope="col">A</th></tr></thead><tbody><tr><th scope="row">r</th><td>1</td></tr></tbody></table>"`,
		);
	});

	test('throws on a node it has no form for', () => {
		const odd: BodyNode = { type: 'element', tagName: 'marquee', properties: {}, children: [] };
		expect(() => renderBody([odd], around())).toThrow('no form for: marquee');
	});
});

describe('components', () => {
	test('Term links to its entry and shows the meaning on interest, or by a button', () => {
		expect(html('A <Term id="lead">lead</Term> came.')).toMatchInlineSnapshot(
			`"<p>A <span class="term"><a href="/terms/lead/" aria-describedby="t1-3" interestfor="t1-3">lead</a><button type="button" popovertarget="t1-3" aria-label="What “Lead” means here" data-pagefind-ignore="all"></button><span id="t1-3" role="tooltip" popover="auto" data-pagefind-ignore="all">A person who can be reached.</span></span> came.</p>"`,
		);
	});

	test('Term shows staff the firm’s own rule, or that there is none yet', () => {
		const shown = (ours: string | null) =>
			html('A <Term id="lead">lead</Term> came.', {
				references: { 'term/lead': { ...lead, ours } },
			});
		expect(shown('Asked us, in writing.')).toContain(
			'<span class="rule"><strong>Our rule:</strong> Asked us, in writing.</span>',
		);
		expect(shown(null)).toContain('<strong>Our rule:</strong> not agreed yet.</span>');
		expect(html('A <Term id="lead">lead</Term> came.')).not.toContain('Our rule');
	});

	test('Term without a page here still says what it means', () => {
		const { path: _path, ...pageless } = lead;
		const references = { 'term/lead': { ...pageless, path: undefined } };
		expect(html('A <Term id="lead">lead</Term> came.', { references })).toMatchInlineSnapshot(
			`"<p>A <span class="term"><dfn>lead</dfn><button type="button" popovertarget="t1-3" aria-label="What “Lead” means here" data-pagefind-ignore="all" data-alone=""></button><span id="t1-3" role="tooltip" popover="auto" data-pagefind-ignore="all">A person who can be reached.</span></span> came.</p>"`,
		);
	});

	test('Term is a plain word where this site has no entry', () => {
		expect(html('A <Term id="pipeline">pipeline</Term> leaks.')).toBe(
			'<p>A <span>pipeline</span> leaks.</p>',
		);
	});

	test('Callout says what it is', () => {
		expect(
			html('<Callout kind="caution" title="Slow">\n\nWait.\n\n</Callout>'),
		).toMatchInlineSnapshot(
			`"<aside class="callout flow" data-kind="caution"><h3 class="callout-title"><span class="label">Caution:</span> Slow</h3><p>Wait.</p></aside>"`,
		);
	});

	test('Story says whether it happened, its result and its rule', () => {
		const story =
			'<Story kind="illustrative" who="a firm" result="Lost." rule="Ask.">\n\nShe rang.\n\n</Story>';
		expect(html(story)).toMatchInlineSnapshot(
			`"<figure class="story flow"><figcaption><span class="label">Illustrative story:</span> a firm</figcaption><p>She rang.</p><dl><div><dt>Result</dt><dd>Lost.</dd></div><div><dt>Rule</dt><dd>Ask.</dd></div></dl></figure>"`,
		);
		expect(html(story.replace('illustrative', 'reported'))).toContain('Reported story:');
	});

	test('Quote admits that its source is unknown', () => {
		expect(html('<Quote by="unknown">\n\nSo.\n\n</Quote>')).toContain(
			'<figcaption>Source unknown</figcaption>',
		);
		expect(
			html(
				'<Quote by="Ann" source="Book" year="2001" url="https://example.com">\n\nSo.\n\n</Quote>',
			),
		).toContain(
			'<figcaption>Ann, <a href="https://example.com" rel="external"><cite>Book</cite></a>, 2001</figcaption>',
		);
	});

	test('Pair puts two terms side by side and leaves out one that is not here', () => {
		expect(html('<Pair left="lead" right="closed-loop" />')).toMatchInlineSnapshot(
			`"<dl class="pair"><div><dt><a href="/terms/lead/">Lead</a></dt><dd>A person who can be reached.</dd></div></dl>"`,
		);
	});

	test('TwoViews shows the question, both views and what we do', () => {
		const views =
			'<TwoViews question="War?" verdict="We ask.">\n\n<View title="Yes" evidence="study">\n\nA.\n\n</View>\n\n<View title="No">\n\nB.\n\n</View>\n\n</TwoViews>';
		expect(html(views)).toMatchInlineSnapshot(
			`"<section class="two-views flow"><h3>War?</h3><div class="views"><div class="view flow"><h4>Yes</h4><p>A.</p><p class="meta">Rests on: study</p></div><div class="view flow"><h4>No</h4><p>B.</p></div></div><p class="verdict"><strong class="label">What we do:</strong> We ask.</p></section>"`,
		);
	});

	test('Figure gives the picture its size and a narrow copy', () => {
		const pictures = {
			'./a.png': {
				src: '/pictures/tips/a.png',
				narrow: { src: '/pictures/568/tips/a.png', width: 568 },
				width: 1136,
				height: 600,
			},
		};
		expect(
			html('<Figure src="./a.png" alt="A plan" caption="Ours" />', { pictures }),
		).toMatchInlineSnapshot(
			`"<figure class="picture"><img src="/pictures/tips/a.png" srcset="/pictures/568/tips/a.png 568w, /pictures/tips/a.png 1136w" sizes="(min-width: 44rem) 40rem, 94vw" alt="A plan" width="1136" height="600" loading="lazy" decoding="async"><figcaption>Ours</figcaption></figure>"`,
		);
	});

	test('Figure without its picture shows what it would say', () => {
		expect(html('<Figure src="./a.png" alt="A plan" />')).toContain(
			'Picture not here:</span> A plan',
		);
	});
});

function html(source: string, given: Partial<Surroundings> = {}): string {
	return renderBody(parseBody(source).nodes, around(given));
}

function around(given: Partial<Surroundings> = {}): Surroundings {
	return { references: { 'term/lead': lead }, pictures: {}, prefix: '', level: 3, ...given };
}

const lead: NamedEntry = {
	ref: 'term/lead',
	kind: 'term',
	title: 'Lead',
	summary: 'A person who can be reached.',
	path: '/terms/lead/',
	short: 'A person who can be reached.',
};
