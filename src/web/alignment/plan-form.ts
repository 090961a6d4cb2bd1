import { planCalendar } from '#/alignment/calendar.ts';
import { planCsv, planMarkdown } from '#/alignment/plan-text.ts';
import type { Plan, Step } from '#/alignment/plan.ts';
import { isDay } from '#/day.ts';
import { download } from './download.ts';
import { node } from './node.ts';
import { part } from './part.ts';

/** A plan as fields: what, who and by when for each step. Print shows them as they were filled in. */
export function planFields(plan: Plan): Node[] {
	const fields: Node[] = [];
	let question: string | undefined;
	for (const step of plan.steps) {
		if (step.question !== question) fields.push(node('h3', {}, step.question));
		question = step.question;
		fields.push(stepFields(step));
	}
	return fields;
}

/** The plan with what was typed into its fields. */
export function filledPlan(plan: Plan, host: HTMLElement): Plan {
	return { ...plan, steps: plan.steps.map((step) => filledStep(step, host)) };
}

/**
 * Keeps what was typed when the plan is made again, for the steps that are in both.
 * @param filled - the plan before, as `filledPlan` read it
 */
export function keepTyped(plan: Plan, filled: Plan | undefined): Plan {
	const typed = new Map(filled?.steps.map((step) => [keyOf(step), step]));
	return {
		...plan,
		steps: plan.steps.map((step) => {
			const { text, owner, due } = typed.get(keyOf(step)) ?? step;
			return { ...step, text, owner, due };
		}),
	};
}

/** Lets the three buttons hand the plan over as files. */
export function exportOnPress(
	host: HTMLElement,
	plan: () => Plan | undefined,
	signal: AbortSignal,
): void {
	const files = {
		markdown: ['md', 'text/markdown', planMarkdown],
		csv: ['csv', 'text/csv', planCsv],
		calendar: ['ics', 'text/calendar', (made: Plan) => planCalendar(made, new Date())],
	} as const;
	for (const [name, [extension, type, write]] of Object.entries(files)) {
		part(host, name).addEventListener(
			'click',
			() => {
				const made = plan();
				if (made) download(`plan-${made.set}-${made.round}.${extension}`, type, write(made));
			},
			{ signal },
		);
	}
}

function stepFields(step: Step): HTMLElement {
	const key = keyOf(step);
	const field = (name: string, label: string, type: string, value: string): HTMLElement =>
		node(
			'label',
			{ class: `step-${name}` },
			node('span', {}, label),
			node('input', { type, value, 'data-field': `${key} ${name}`, autocomplete: 'off' }),
		);
	return node(
		'fieldset',
		{ class: 'plan-step' },
		node('legend', {}, `${step.days} days`),
		field('text', 'What', 'text', step.text),
		field('owner', 'Who sees to it', 'text', step.owner),
		field('due', 'By', 'date', step.due),
	);
}

function filledStep(step: Step, host: HTMLElement): Step {
	const read = (name: string): string | undefined =>
		[...host.querySelectorAll<HTMLInputElement>('[data-field]')].find(
			(field) => field.dataset['field'] === `${keyOf(step)} ${name}`,
		)?.value;
	const due = read('due') ?? '';
	return {
		...step,
		text: read('text') || step.text,
		owner: read('owner') ?? step.owner,
		due: isDay(due) ? due : step.due,
	};
}

function keyOf({ item, days }: Step): string {
	return `${item}-${days}`;
}
