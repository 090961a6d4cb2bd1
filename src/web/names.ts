/** The words readers see for the content model's own: topics, functions, stages, grades, modes. */
import type { Use } from '#/library/neighbours.ts';
import type { IssueState } from '#/library/receipts.ts';
import type { functions, grades, stages, topics } from '#/library/schema/fields.ts';

export const topicNames = {
	language: { name: 'Shared language', about: 'What our words mean, and to whom' },
	handoff: { name: 'Hand-off', about: 'From interest to a talk, without a gap' },
	metrics: { name: 'Numbers', about: 'What both teams count, and why' },
	feedback: { name: 'Feedback', about: 'What comes back, and to whom' },
	planning: { name: 'Planning', about: 'Meetings, quarters and goals' },
	customer: { name: 'The customer', about: 'The chair that is never empty' },
	message: { name: 'Message', about: 'One promise, said the same way' },
	launch: { name: 'Launches and promos', about: 'Ready before the first call' },
	people: { name: 'People', about: 'Joining in, swapping seats, working together' },
	tension: { name: 'Healthy tension', about: 'Two views of one problem' },
} as const satisfies Record<Topic, { name: string; about: string }>;

export const functionNames = {
	marketing: 'Marketing',
	sales: 'Sales',
	both: 'Both teams',
	leadership: 'Leadership',
	'front-desk': 'Front desk',
} as const satisfies Record<Team | 'front-desk', string>;

export const stageNames = {
	awareness: 'Awareness',
	consideration: 'Consideration',
	decision: 'Decision',
	onboarding: 'Onboarding',
	retention: 'Retention',
	any: 'Any stage',
} as const satisfies Record<Stage, string>;

export const gradeNames = {
	opinion: 'Opinion',
	practice: 'Practice',
	survey: 'Survey',
	study: 'Study',
} as const satisfies Record<Grade, string>;

/** What a grade of evidence means, in a sentence for readers. */
export const gradeMeanings = {
	opinion: "Someone's view, house rules included.",
	practice: 'Common professional use, not tested.',
	survey: 'A named organisation asked people; date and sample are stated.',
	study: 'Peer-reviewed or an open working paper; its method can be read.',
} as const satisfies Record<Grade, string>;

export const issueStateNames = {
	draft: 'Draft',
	planned: 'Planned',
	late: 'Late',
	scheduled: 'Scheduled',
	sent: 'Sent',
} as const satisfies Record<IssueState, string>;

/** How one entry uses another, for "where it is used". */
export const useNames = {
	issue: 'Carried by',
	path: 'A step of',
	point: 'A point of',
	play: 'What to open after',
	counter: 'Another view',
	related: 'Named in',
	text: 'Named in',
} as const satisfies Record<Use['as'], string>;

export type Topic = (typeof topics)[number];
export type Team = (typeof functions)[number];
type Stage = (typeof stages)[number];
type Grade = (typeof grades)[number];
