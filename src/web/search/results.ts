import type { Answer, Hit } from './engine.ts';
import { markIn } from './mark.ts';

/**
 * Puts results into a list, each a copy of the sample that the page carries.
 * @param sample - a `template` whose parts are named by `data-show`
 */
export function showResults(list: HTMLElement, sample: HTMLElement, answer: Answer): void {
	if (!(sample instanceof HTMLTemplateElement)) throw new Error('The search has no sample result.');
	const rows = answer.results.slice(0, shown).map((hit) => rowOf(hit, sample, answer.stems));
	list.replaceChildren(...rows);
}

/** More than anybody reads; the count says how many there are. */
const shown = 20;

function rowOf(
	hit: Hit,
	sample: HTMLTemplateElement,
	stems: ReadonlySet<string>,
): DocumentFragment {
	const { page, why } = hit;
	// A template's content clones to a fragment.
	const row = sample.content.cloneNode(true) as DocumentFragment;
	const part = (name: string): HTMLElement | null => row.querySelector(`[data-show="${name}"]`);
	const link = row.querySelector('a');
	if (link) {
		link.href = why?.id ? `${page.path}#${why.id}` : page.path;
		link.append(...marked(page.title, stems));
	}
	const kind = part('kind');
	const kindName = page.filters['kind']?.[0] ?? '';
	// The page's own list of kinds names them.
	if (kind) kind.textContent = namesOf(sample)[kindName] ?? '';
	const minutes = part('minutes');
	if (minutes) minutes.textContent = page.minutes === undefined ? '' : `${page.minutes} min`;
	const when = part('when');
	if (when && page.when) when.append('Use this when ', ...marked(page.when, stems), '.');
	else if (when && page.summary) when.append(...marked(page.summary, stems));
	const reason = part('why');
	if (reason) reason.append(...reasonOf(hit, stems, row.querySelector('mark') !== null));
	const excerpt = part('excerpt');
	if (excerpt && !why && hit.excerpt) {
		hit.excerpt().then(
			(text) => excerpt.append('… ', ...marked(text, stems), ' …'),
			// The result stands without its excerpt.
			() => undefined,
		);
	}
	return row;
}

/**
 * Why a page was found, in words; nothing where marked words above already show it. The phrases of
 * `find` themselves are never shown.
 */
function reasonOf(
	{ why }: Hit,
	stems: ReadonlySet<string>,
	isShown: boolean,
): (string | HTMLElement)[] {
	switch (why?.field) {
		case 'alias':
			return ['Also called ', ...marked(why.text, stems), '.'];
		case 'heading':
			return ['Section: ', ...marked(why.text, stems), '.'];
		case 'summary':
			return isShown ? [] : marked(why.text, stems);
		case 'find':
			return isShown ? [] : ['Others who ask in such words look for this.'];
		case 'title':
		case 'when':
			return [];
		case undefined:
			return ['In the text:'];
	}
}

function marked(text: string, stems: ReadonlySet<string>): (string | HTMLElement)[] {
	return markIn(text, stems).map((piece) => {
		if (!piece.isMarked) return piece.text;
		const mark = document.createElement('mark');
		mark.textContent = piece.text;
		return mark;
	});
}

function namesOf(sample: HTMLElement): Record<string, string> {
	// Search.astro wrote it as JSON of names by kind.
	return JSON.parse(sample.dataset['kinds'] ?? '{}') as Record<string, string>;
}
