/** What an attribute of an element leads to; undefined where it is no address. */
export function needOf(tag: string, name: string): Need | 'srcset' | undefined {
	if (name === 'srcset' || name === 'imagesrcset') return 'srcset';
	switch (name) {
		case 'href':
		case 'xlinkhref':
			if (tag === 'image') return 'picture';
			return tag === 'base' || tag === 'link' || tag === 'use' ? 'file' : 'any';
		case 'src':
			if (tag === 'img' || tag === 'input') return 'picture';
			return tag === 'iframe' ? 'any' : 'file';
		case 'poster':
			return 'picture';
		case 'action':
		case 'formaction':
			return 'form';
		case 'data':
			return tag === 'object' ? 'file' : undefined;
		case 'cite':
			return 'any';
		default:
			return undefined;
	}
}

/** Attributes that name elements of their own page, by id. */
export const pointers: ReadonlySet<string> = new Set([
	'htmlfor',
	'headers',
	'list',
	'interestfor',
	'commandfor',
	'popovertarget',
	'ariaactivedescendant',
	'ariacontrols',
	'ariadescribedby',
	'ariadetails',
	'ariaerrormessage',
	'ariaflowto',
	'arialabelledby',
	'ariaowns',
]);

/** Attributes in lower case without hyphens, lists as the text they were. */
export function attributesOf({ properties }: { properties?: Properties }): Attribute[] {
	return Object.entries(properties ?? {}).flatMap(([name, value]): Attribute[] => {
		if (value === null || value === undefined || typeof value === 'boolean') return [];
		return [[name.toLowerCase(), Array.isArray(value) ? value.join(' ') : String(value)]];
	});
}

export type Attribute = [name: string, value: string];

/**
 * What has to be there: a page or a file; a page; a file that is no page; a picture; what takes a
 * form; an element of the same page; a whole address. `impossible` is wrong as it stands.
 */
export type Need = 'any' | 'page' | 'file' | 'picture' | 'form' | 'id' | 'absolute' | 'impossible';

/** As the parser gives them; what it does not know keeps its name. */
export type Properties = Record<
	string,
	string | number | boolean | readonly (string | number)[] | null | undefined
>;
