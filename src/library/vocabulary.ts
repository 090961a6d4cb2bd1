/**
 * The words of the MDX vocabulary: which components a body may use, their properties and where
 * they may stand. Each has a web, a mail and a text form; a missing one is a type error there.
 */
export const vocabulary = {
	Callout: {
		level: 'block',
		props: { kind: { values: ['note', 'caution', 'example'], required: true }, title: { max: 60 } },
		holds: [],
	},
	Story: {
		level: 'block',
		props: {
			kind: { values: ['reported', 'illustrative'], required: true },
			who: { max: 60, required: true },
			result: { max: 120, required: true },
			rule: { max: 120, required: true },
			name: { max: 60 },
			consent: { values: ['yes'] },
		},
		holds: ['Term'],
	},
	Quote: {
		level: 'block',
		props: {
			by: { max: 80, required: true },
			source: { max: 120 },
			url: { max: 300 },
			year: { max: 4 },
		},
		holds: [],
	},
	Term: { level: 'inline', props: { id: { max: 60, required: true } }, holds: [] },
	Pair: {
		level: 'block',
		props: { left: { max: 60, required: true }, right: { max: 60, required: true } },
		holds: [],
		isEmpty: true,
	},
	TwoViews: {
		level: 'block',
		props: { question: { max: 90, required: true }, verdict: { max: 200, required: true } },
		holds: ['View'],
	},
	View: {
		level: 'block',
		props: { title: { max: 60, required: true }, evidence: { max: 60 } },
		holds: ['Term'],
	},
	Announcement: {
		level: 'block',
		props: {},
		holds: ['Callout', 'Story', 'Quote', 'Term', 'Pair', 'TwoViews', 'Figure'],
	},
	Figure: {
		level: 'block',
		props: {
			src: { max: 120, required: true },
			alt: { max: 150, required: true },
			caption: { max: 160 },
		},
		holds: [],
		isEmpty: true,
	},
} as const satisfies Record<string, ComponentFacts>;

// The keys of an object literal are exactly the keys of its type.
export const componentNames = Object.keys(vocabulary) as ComponentName[];

/** True for the name of a component that a body may use. */
export function isComponentName(name: string): name is ComponentName {
	return Object.hasOwn(vocabulary, name);
}

/** Properties whose text a reader reads; the others steer. */
export const spokenProps: ReadonlySet<string> = new Set([
	'title',
	'who',
	'result',
	'rule',
	'question',
	'verdict',
	'caption',
	'evidence',
]);

/** What is known of a component. */
export function componentFacts(name: ComponentName): ComponentFacts {
	return vocabulary[name];
}

export type ComponentName = keyof typeof vocabulary;

interface ComponentFacts {
	level: 'block' | 'inline';
	props: Record<string, PropFacts>;
	/** Components that may stand inside it. */
	holds: readonly string[];
	/** True where it has no children at all. */
	isEmpty?: boolean;
}

interface PropFacts {
	required?: boolean;
	/** Longest text, in characters. */
	max?: number;
	/** The only texts allowed. */
	values?: readonly string[];
}
