import { carriedBy } from '#/library/audience.ts';
import type { Entry } from '#/library/entry.ts';
import { nearest } from '#/library/nearest.ts';
import type { Problem } from '#/problem.ts';
import { bodyFinding, finding, isDraft } from './finding.ts';
import type { ShelfFacts } from './finding.ts';

/** Every reference names an entry that exists, is finished, and may be seen by who sees the source. */
export function checkReferences(shelf: ShelfFacts): Problem[] {
	const byRef = new Map<string, Entry>(shelf.entries.map((entry) => [entry.ref, entry]));
	const problems: Problem[] = [];
	for (const entry of shelf.entries) {
		if (!('was' in entry.data)) continue;
		for (const [i, slug] of entry.data.was.entries()) {
			const old = `${entry.kind}/${slug}`;
			const taken = byRef.get(old);
			if (!taken) {
				byRef.set(old, entry);
				continue;
			}
			problems.push(
				finding(shelf, entry, ['was', i], {
					rule: 'reference/was',
					level: 'error',
					message: `"${slug}" is the name of ${taken.file}.`,
					fix: 'Take it out; a name can lead to one entry only.',
				}),
			);
		}
	}
	for (const entry of shelf.entries) {
		for (const reference of referencesIn(entry)) {
			const problem = judge(entry, reference, byRef, shelf);
			if (problem) problems.push(problem);
		}
	}
	return problems;
}

function judge(
	entry: Entry,
	{ ref, path, line, column }: Named,
	byRef: ReadonlyMap<string, Entry>,
	shelf: ShelfFacts,
): Problem | undefined {
	const report = (rule: string, message: string, fix: string): Problem => {
		const found = { rule: `reference/${rule}`, level: 'error' as const, message, fix };
		return path ? finding(shelf, entry, path, found) : bodyFinding(entry, line ?? 1, found, column);
	};
	const target = byRef.get(ref);
	if (!target) {
		if (shelf.unread.has(ref)) return undefined;
		const near = nearest(ref, byRef.keys());
		const slug = ref.slice(ref.indexOf('/') + 1);
		return report(
			'missing',
			`${ref} does not exist.`,
			missingFix(near, ref.startsWith('person/') ? undefined : slug),
		);
	}
	if (target.ref === entry.ref)
		return report('self', `${ref} is this very entry.`, 'Name another.');
	if (isDraft(entry)) return undefined;
	if (isDraft(target)) {
		return report(
			'draft',
			`${ref} is a draft.`,
			`Finish ${target.file} and set status: ready, or name another.`,
		);
	}
	const isCarried = entry.kind === 'issue' && carriedBy(entry).includes(ref);
	const isSent = entry.kind === 'issue' && shelf.receipts.receipts.has(entry.slug.slice(0, 3));
	if ('status' in target.data && target.data.status === 'retired' && !isSent) {
		const next = 'replacedBy' in target.data ? target.data.replacedBy : undefined;
		return report(
			'retired',
			`${ref} is retired.`,
			next ? `Name ${next} instead.` : 'Name another.',
		);
	}
	const isPublicSource =
		entry.kind === 'issue' || ('audience' in entry.data && entry.data.audience === 'public');
	const isStaffTarget = 'audience' in target.data && target.data.audience === 'staff';
	if (isPublicSource && isStaffTarget) {
		return report(
			'audience',
			`${ref} is for staff; ${isCarried ? 'an issue uses public entries' : 'a public entry names public ones'}.`,
			`Set audience: public in ${target.file}, or choose another.`,
		);
	}
	return undefined;
}

/** What to do about a name that leads nowhere; people have no earlier names. */
function missingFix(near: string | undefined, slug: string | undefined): string {
	if (slug === undefined) return near ? `Nearest: ${near}.` : 'Name somebody of the people folder.';
	return near
		? `Nearest: ${near}. If it was renamed, add was: [${slug}] there.`
		: `If it was renamed, add was: [${slug}] there; else take it out.`;
}

/** Every reference an entry makes, with the field or the line it stands in. */
function referencesIn(entry: Entry): Named[] {
	const named: Named[] = [];
	const field = (ref: string | undefined, ...path: PropertyKey[]): void => {
		if (ref !== undefined) named.push({ ref, path });
	};
	const { data } = entry;
	if ('author' in data) field(data.author, 'author');
	if ('replacedBy' in data) field(data.replacedBy, 'replacedBy');
	if ('related' in data) for (const [i, ref] of data.related.entries()) field(ref, 'related', i);
	switch (entry.kind) {
		case 'tip':
			field(entry.data.counter, 'counter');
			break;
		case 'checklist':
			for (const [s, section] of entry.data.sections.entries()) {
				for (const [i, item] of section.items.entries()) {
					field(item.link, 'sections', s, 'items', i, 'link');
				}
			}
			break;
		case 'questions':
			for (const [i, item] of entry.data.items.entries()) field(item.play, 'items', i, 'play');
			break;
		case 'term':
			field(entry.data.pair, 'pair');
			break;
		case 'issue':
			field(entry.data.tip, 'tip');
			for (const [i, ref] of entry.data.terms.entries()) field(ref, 'terms', i);
			for (const [i, ref] of entry.data.also.entries()) field(ref, 'also', i);
			for (const [i, question] of entry.data.questions.entries()) {
				if ('term' in question) field(question.term, 'questions', i, 'term');
			}
			break;
		case 'promo':
			field(entry.data.owner, 'owner');
			field(entry.data.briefed?.by, 'briefed', 'by');
			break;
		case 'path':
			for (const [i, ref] of entry.data.steps.entries()) field(ref, 'steps', i);
			break;
		case 'person':
			break;
	}
	named.push(...entry.body.named);
	return named;
}

interface Named {
	ref: string;
	/** The field, or undefined for the body. */
	path?: readonly PropertyKey[];
	line?: number;
	column?: number;
}
