import type { Entry } from './entry.ts';

/** The references an entry makes, in its fields and in its body. */
export function namedBy(entry: Entry): string[] {
	const refs = [...entry.body.links, ...entry.body.terms.map((slug) => `term/${slug}`)];
	switch (entry.kind) {
		case 'tip':
			refs.push(...entry.data.related, ...(entry.data.counter ? [entry.data.counter] : []));
			break;
		case 'checklist':
			refs.push(...entry.data.related);
			for (const { items } of entry.data.sections) {
				refs.push(...items.flatMap(({ link }) => (link ? [link] : [])));
			}
			break;
		case 'questions':
			refs.push(
				...entry.data.related,
				...entry.data.items.flatMap(({ play }) => (play ? [play] : [])),
			);
			break;
		case 'term':
			if (entry.data.pair) refs.push(entry.data.pair);
			break;
		case 'issue':
			refs.push(entry.data.tip, ...entry.data.terms, ...entry.data.also);
			refs.push(...entry.data.questions.flatMap((q) => ('term' in q && q.term ? [q.term] : [])));
			break;
		case 'promo':
			refs.push(entry.data.owner, ...(entry.data.briefed ? [entry.data.briefed.by] : []));
			break;
		case 'path':
			refs.push(...entry.data.steps);
			break;
		case 'person':
			break;
	}
	return [...new Set(refs)];
}
