/** A mail as a browser shows it, as plain data for the rules. */

/**
 * Looks at the page. It is run in the browser as text, so it knows nothing of this file but itself.
 */
export function takeSnapshot(): Snapshot {
	const all = [...document.querySelectorAll<HTMLElement>('body *')];
	const start = (element: Element): string => element.outerHTML.replace(/\s+/g, ' ').slice(0, 120);
	const wordsOf = (element: Element | null | undefined): string =>
		(element?.textContent ?? '').replace(/\s+/g, ' ').trim();
	const isShown = (element: Element): boolean => {
		const { width, height, right, bottom } = element.getBoundingClientRect();
		return (
			element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
			width > 1 &&
			height > 1 &&
			right > 0 &&
			bottom > 0
		);
	};
	const groundOf = (element: Element | null): string => {
		const paint = element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)';
		return /, 0\)$|transparent/.test(paint) ? groundOf(element?.parentElement ?? null) : paint;
	};
	const isUnderlined = (element: Element): boolean =>
		[element, ...element.querySelectorAll('*')].some((part) =>
			getComputedStyle(part).textDecorationLine.includes('underline'),
		);
	const ownWords = (element: Element): string =>
		[...element.childNodes]
			.filter((node) => node.nodeType === Node.TEXT_NODE)
			.map((node) => node.textContent ?? '')
			.join(' ')
			.replace(/[\s\u034f\u200b-\u200f\ufeff]+/g, ' ')
			.trim();
	const blockOf = (element: Element): Element =>
		element.closest('p,td,th,li,div,h1,h2,h3,h4,h5,h6,figure') ?? element;
	const spoken = all.filter(
		(element) => ownWords(element) !== '' && !/^(?:STYLE|SCRIPT|TITLE)$/.test(element.tagName),
	);

	return {
		titles: [...document.querySelectorAll('title')]
			.filter((title) => !title.closest('svg'))
			.map((title) => wordsOf(title)),
		bodyChildren: [...document.body.children]
			.filter((child) => !/^(?:STYLE|SCRIPT|LINK|META|TITLE)$/.test(child.tagName))
			.map((child) => ({
				where: start(child),
				lang: child.getAttribute('lang'),
				dir: child.getAttribute('dir'),
			})),
		looseWords: ownWords(document.body),
		headings: [...document.querySelectorAll('h1')].map((heading) => ({
			where: start(heading),
			text:
				wordsOf(heading) ||
				[...heading.querySelectorAll('img')].map((image) => image.alt).join(' '),
			isShown: isShown(heading),
		})),
		links: [...document.querySelectorAll('a[href]')]
			.filter((link) => link.checkVisibility())
			.map((link) => ({
				where: start(link),
				text:
					wordsOf(link) || [...link.querySelectorAll('img')].map((image) => image.alt).join(' '),
				label: link.getAttribute('aria-label'),
				isUnderlined: wordsOf(link) === '' || isUnderlined(link),
			})),
		pictures: [...document.querySelectorAll('img')]
			.filter((image) => getComputedStyle(image).display !== 'none')
			.map((image) => {
				const block = blockOf(image);
				return {
					where: start(image),
					alt: image.getAttribute('alt'),
					src: image.getAttribute('src') ?? '',
					isSilent:
						/^(?:presentation|none)$/.test(image.getAttribute('role') ?? '') ||
						image.ariaHidden === 'true',
					size: Math.max(
						Number.parseFloat(image.getAttribute('width') ?? '') || 0,
						Number.parseFloat(image.style.width) || 0,
						image.getAttribute('width') || image.style.width ? 0 : 100,
					),
					ink: getComputedStyle(image).color,
					ground: groundOf(image),
					near: [
						image.closest('a'),
						block,
						block.previousElementSibling,
						block.nextElementSibling,
						image.nextElementSibling,
					].map((place) => wordsOf(place)),
				};
			}),
		tables: [...document.querySelectorAll('table')].map((table) => {
			const own = [...table.querySelectorAll('*')].filter(
				(part) => part.closest('table') === table,
			);
			const rows = [...table.rows].map((row) => [...row.cells]);
			return {
				where: start(table),
				role: table.getAttribute('role'),
				hasHeaders: own.some(
					(part) =>
						/^(?:TH|THEAD|CAPTION)$/.test(part.tagName) ||
						part.hasAttribute('scope') ||
						part.hasAttribute('headers'),
				),
				isGridOfWords:
					rows.length > 2 &&
					rows.every((cells) => cells.length > 1 && cells.length === rows[0]?.length) &&
					rows
						.flat()
						.every(
							(cell) =>
								wordsOf(cell).length < 60 && !cell.querySelector('img,table,p,div,a,h1,h2,h3'),
						) &&
					rows.flat().filter((cell) => wordsOf(cell) !== '').length > rows.length,
			};
		}),
		ids: [...document.querySelectorAll('[id]')].map((element) => element.id),
		smallest: spoken
			.filter((element) => isShown(element))
			.map((element) => ({
				where: ownWords(element).slice(0, 80),
				size: Number.parseFloat(getComputedStyle(element).fontSize),
			}))
			.toSorted((a, b) => a.size - b.size)
			.slice(0, 1),
		spoken: spoken.map((element) => ({
			where: ownWords(element).slice(0, 80),
			length: ownWords(element).length,
			isShown: isShown(element),
			isSilent: element.closest('[aria-hidden="true"]') !== null,
		})),
		scrollWidth: document.documentElement.scrollWidth,
		clientWidth: document.documentElement.clientWidth,
	};
}

export interface Snapshot {
	titles: string[];
	bodyChildren: { where: string; lang: string | null; dir: string | null }[];
	/** Words that stand in the body itself. */
	looseWords: string;
	/** Those of the first level. */
	headings: { where: string; text: string; isShown: boolean }[];
	links: { where: string; text: string; label: string | null; isUnderlined: boolean }[];
	pictures: SnapshotPicture[];
	tables: { where: string; role: string | null; hasHeaders: boolean; isGridOfWords: boolean }[];
	ids: string[];
	/** The smallest words that show, in px. */
	smallest: { where: string; size: number }[];
	/** Every element with words of its own, in order. */
	spoken: { where: string; length: number; isShown: boolean; isSilent: boolean }[];
	/** Px. */
	scrollWidth: number;
	clientWidth: number;
}

export interface SnapshotPicture {
	where: string;
	alt: string | null;
	src: string;
	/** True where a screen reader is told to leave it out. */
	isSilent: boolean;
	/** Px, as the source says; 100 where it says nothing. */
	size: number;
	/** `rgb(…)` of its words while it is blocked, and of what is behind them. */
	ink: string;
	ground: string;
	/** Texts around it. */
	near: string[];
}
