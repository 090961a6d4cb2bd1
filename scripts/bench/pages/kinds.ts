/**
 * A page of each kind that the two sites hold, out of the repository's own content: the one with
 * the most in it, where they differ. Measured by the bench and looked at by the browser tests.
 */

/** The pages of the playbook, then those of the public site. */
export const pageKinds = {
	playbook: [
		{ kind: 'home', path: '/' },
		{ kind: 'tip', path: '/tips/no-surprise-promos/' },
		{ kind: 'tip with a picture', path: '/tips/play-from-one-score/' },
		{ kind: 'checklist', path: '/checklists/weekly-meeting/', isInteractive: true },
		{ kind: 'checklist run', path: '/checklists/weekly-meeting/run/', isInteractive: true },
		{ kind: 'question set', path: '/questions/alignment-check/' },
		{ kind: 'answer', path: '/questions/alignment-check/answer/', isInteractive: true },
		{ kind: 'compare', path: '/questions/alignment-check/compare/', isInteractive: true },
		{ kind: 'cards', path: '/questions/promo-retro/cards/', isInteractive: true },
		{ kind: 'term', path: '/terms/mql/' },
		{ kind: 'glossary', path: '/terms/' },
		{ kind: 'issue', path: '/issues/004/' },
		{ kind: 'archive', path: '/issues/' },
		{ kind: 'promo', path: '/promos/autumn-check/' },
		{ kind: 'promo board', path: '/promos/' },
		{ kind: 'path', path: '/paths/first-ten-days/' },
		{ kind: 'person', path: '/people/mira/' },
		{ kind: 'list', path: '/tips/' },
		{ kind: 'topic', path: '/topics/handoff/' },
		{ kind: 'situations', path: '/situations/' },
		{ kind: 'guide', path: '/guide/when-sending-stops/' },
		{ kind: 'search', path: '/search/', isInteractive: true },
		{ kind: 'take away', path: '/take/', isInteractive: true },
		{ kind: '404', path: '/404.html' },
	],
	newsletter: [
		{ kind: 'home, subscribe', path: '/' },
		{ kind: 'archive', path: '/issues/' },
		{ kind: 'issue', path: '/issues/004/' },
		{ kind: 'tip', path: '/tips/no-surprise-promos/' },
		{ kind: 'checklist', path: '/checklists/promo-briefing/', isInteractive: true },
		{ kind: 'question set', path: '/questions/push-pull/' },
		{ kind: 'answer', path: '/questions/push-pull/answer/', isInteractive: true },
		{ kind: 'compare', path: '/questions/push-pull/compare/', isInteractive: true },
		{ kind: 'term', path: '/terms/adhesion/' },
		{ kind: 'glossary', path: '/terms/' },
		{ kind: 'list', path: '/tips/' },
		{ kind: 'about', path: '/about/' },
		{ kind: 'privacy', path: '/privacy/' },
		{ kind: '404', path: '/404.html' },
	],
} as const satisfies Record<string, readonly PageKind[]>;

export type SiteName = keyof typeof pageKinds;

export interface PageKind {
	kind: string;
	path: string;
	/** True where the page cannot be used without script, or is much less without it. */
	isInteractive?: boolean;
}
