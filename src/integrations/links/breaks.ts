import { nearest } from '#/library/nearest.ts';
import type { FileFacts, FileReference } from './references.ts';

/**
 * Every reference of a built site that leads nowhere, or not where it says.
 * @param files - every file of the site by its path below the folder, with forward slashes
 */
export function findBreaks(files: ReadonlyMap<string, FileFacts>, site: SiteFacts): Break[] {
	const byLowerCase = new Map([...files.keys()].map((file) => [file.toLowerCase(), file]));
	const world = { ...site, files, byLowerCase };
	const verdicts: Verdicts = { byReference: new Map(), byAddress: new Map() };
	return [...files].flatMap(([file, facts]) => [
		...[...facts.twins].map((id) => ({
			file,
			reference: { at: `id="${id}"`, value: `#${id}`, need: 'id' as const },
			what: 'two elements of the page have this id, and a link reaches only the first.',
			fix: 'Give one of them another.',
		})),
		...facts.references.flatMap((reference) => {
			const found = judgeOnce(file, reference, world, verdicts);
			return found ? [{ file, reference, ...found }] : [];
		}),
	]);
}

/** A page's address that begins with a slash means the same everywhere: most links are judged once. */
function judgeOnce(
	file: string,
	reference: FileReference,
	world: World,
	{ byReference, byAddress }: Verdicts,
): Verdict | undefined {
	// What was read from kept facts is one object, on however many pages it stands.
	if (byReference.has(reference)) return byReference.get(reference);
	const { value, need } = reference;
	const isSameEverywhere = value.startsWith('/') && !value.includes('#') && need !== 'id';
	if (!isSameEverywhere) return judge(file, reference, world);
	const key = `${need} ${value}`;
	if (!byAddress.has(key)) byAddress.set(key, judge(file, reference, world));
	const verdict = byAddress.get(key);
	byReference.set(reference, verdict);
	return verdict;
}

interface Verdicts {
	byReference: Map<FileReference, Verdict | undefined>;
	/** By need and address. */
	byAddress: Map<string, Verdict | undefined>;
}

/** The breaks as lines a person can act on: one for each mistake, with the places that make it. */
export function describeBreaks(breaks: readonly Break[]): string[] {
	const groups = Map.groupBy(breaks, ({ reference: { value, at }, what, fix, file }) =>
		// An id belongs to its own page, an address to the whole site.
		JSON.stringify([value, what, fix, value.startsWith('/') ? '' : `${file} ${at}`]),
	);
	return [...groups.values()].map((group) => {
		const [first] = group;
		if (!first) return '';
		const { value, at, words } = first.reference;
		const others = new Set(group.map(({ file }) => file));
		others.delete(first.file);
		const more = others.size === 0 ? '' : ` (and ${andMore([...others])})`;
		return `${first.file}${more} ${at}${words ? ` “${words}”` : ''}: "${value}": ${first.what} ${first.fix}`;
	});
}

/** The path of the page that a file is: `/tips/` for `tips/index.html`; undefined for other files. */
function pagePath(file: string): string | undefined {
	if (!file.endsWith('.html')) return undefined;
	return `/${file.replace(/(?:^|(?<=\/))index\.html$/, '')}`;
}

function judge(file: string, reference: FileReference, world: World): Verdict | undefined {
	const { value, need } = reference;
	const own = world.files.get(file);
	if (need === 'impossible') return { what: 'a browser cannot read it.', fix: 'Correct it.' };
	// A link within its page: the rest would take its address apart and come to the same.
	const isWithin = need === 'any' && value.length > 1 && value.startsWith('#');
	if (isWithin && file.endsWith('.html') && own?.ids.has(value.slice(1))) return undefined;
	if (need === 'id') {
		return own?.ids.has(value) ? undefined : missingId(value, own?.ids ?? []);
	}
	if (value.trim() === '')
		return { what: 'the address is empty.', fix: 'Write it, or take it out.' };
	if (value.trim() === '#') {
		return { what: 'it leads to the top of its own page.', fix: 'Write where it shall lead.' };
	}
	const base = world.origin + (pagePath(file) ?? `/${file}`);
	if (!URL.canParse(value, base)) {
		return { what: 'it is no address.', fix: 'Correct it, or take it out.' };
	}
	const url = new URL(value, base);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
	if (url.origin !== world.origin) return judgeForeign(url, world);
	if (need === 'absolute' && !/^\s*https?:/i.test(value)) {
		return {
			what: 'it stands in a feed, whose readers show it elsewhere.',
			fix: `Write ${url.href}.`,
		};
	}
	return judgeOwn(url, file, reference, world);
}

/** Another site is not asked; an address that cannot be one is a slip all the same. */
function judgeForeign(url: URL, { origin }: World): Verdict | undefined {
	const own = new URL(origin);
	if (url.hostname === own.hostname) {
		return { what: `it is this site under ${url.origin}.`, fix: `Write it with ${origin}.` };
	}
	if (/^(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(url.hostname)) {
		return { what: 'only the machine it was built on has it.', fix: 'Write a public address.' };
	}
	if (!url.hostname.includes('.')) {
		return {
			what: `it leads to a host named "${url.hostname}".`,
			fix: 'Begin a path of this site with one slash.',
		};
	}
	return undefined;
}

function judgeOwn(
	url: URL,
	file: string,
	{ need }: FileReference,
	world: World,
): Verdict | undefined {
	let path: string;
	try {
		path = decodeURIComponent(url.pathname);
	} catch {
		return { what: 'it holds a % that stands for nothing.', fix: 'Write %25 for a percent sign.' };
	}
	if (world.served.has(path) && (need === 'form' || need === 'any')) return undefined;
	const target = fileAt(path);
	const facts = world.files.get(target);
	if (!facts) return missingFile(path, target, world);
	const isPage = target.endsWith('.html');
	if (path.endsWith('/index.html')) {
		return {
			what: 'a page has one address, which ends with a slash.',
			fix: `Write ${path.slice(0, -'index.html'.length)}.`,
		};
	}
	if (need === 'picture' && !/\.(?:png|jpe?g|gif|webp|avif|svg|ico)$/i.test(target)) {
		return { what: 'it is no picture.', fix: 'Name a picture, or take it out.' };
	}
	if (need === 'page' && !isPage) return { what: 'it is no page.', fix: 'Name a page.' };
	if (need === 'page' && facts.movedTo !== undefined) {
		return {
			what: 'it has moved itself: the reader would be sent on twice, or round and round.',
			fix: 'Lead to where that page leads.',
		};
	}
	const fragment = url.hash.slice(1).replace(/:~:.*$/, '');
	if (fragment === '' || fragment.toLowerCase() === 'top' || !isPage) return undefined;
	const id = decoded(fragment);
	if (facts.ids.has(id) || facts.ids.has(fragment)) return undefined;
	return missingId(id, facts.ids, target === file ? undefined : path);
}

function missingFile(path: string, target: string, world: World): Verdict {
	const { files, byLowerCase, why } = world;
	if (files.has(`${target}/index.html`)) {
		return { what: 'the slash at its end is missing.', fix: `Write ${path}/.` };
	}
	const twin =
		byLowerCase.get(target.toLowerCase()) ?? byLowerCase.get(`${target}/index.html`.toLowerCase());
	if (twin !== undefined) {
		return {
			what: 'its letters have the wrong case.',
			fix: `Write ${pagePath(twin) ?? `/${twin}`}.`,
		};
	}
	const reason = why(path);
	if (reason) return reason;
	const isPage = path.endsWith('/') || path.endsWith('.html');
	const paths = isPage
		? [...files.keys()].flatMap((file) => pagePath(file) ?? [])
		: [...files.keys()].map((file) => `/${file}`);
	const near = nearest(path, paths);
	return {
		what: `there is no such ${isPage ? 'page' : 'file'} on this site.`,
		fix: near
			? `Nearest: ${near}.${isPage ? ' If the page was renamed, add its old name to was: there.' : ''}`
			: 'Correct it, or take it out.',
	};
}

function missingId(id: string, ids: Iterable<string>, path?: string): Verdict {
	const near = nearest(id, ids);
	return {
		what: `no element of ${path ?? 'the page'} has the id "${id}".`,
		fix: near ? `Nearest: ${near}.` : 'Correct it, or take it out.',
	};
}

/** The file a static host sends for a path. */
function fileAt(path: string): string {
	return path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1);
}

function decoded(fragment: string): string {
	try {
		return decodeURIComponent(fragment);
	} catch {
		return fragment;
	}
}

function andMore(files: readonly string[]): string {
	const shown = files.slice(0, 3).join(', ');
	return files.length > 3 ? `${shown} and ${files.length - 3} more` : shown;
}

/** What the check knows of a site besides its files. */
export interface SiteFacts {
	/** `https://playbook.firm.example`, without a slash at its end. */
	origin: string;
	/** Paths that a server answers, not a file: `/subscribe`. */
	served: ReadonlySet<string>;
	/** Why a path has no page, where the content says so. */
	why(path: string): Verdict | undefined;
}

/** What is wrong with one reference, and what to do. */
export interface Verdict {
	what: string;
	fix: string;
}

export interface Break extends Verdict {
	/** The file that holds the reference. */
	file: string;
	reference: FileReference;
}

interface World extends SiteFacts {
	files: ReadonlyMap<string, FileFacts>;
	byLowerCase: ReadonlyMap<string, string>;
}
