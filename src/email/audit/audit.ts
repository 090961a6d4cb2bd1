/**
 * Checks the accessibility of a mail as the Email Markup Consortium does in its yearly report, with
 * axe and rules of our own: every rule with a published text, in light and dark, on a phone and on
 * a desk. What would pass only by a trick does not pass: data tables marked as presentation, empty
 * alts on pictures with a content, headings nobody sees.
 */
import type { AuditFinding, Found, Grade } from './finding.ts';
import { grades } from './finding.ts';
import { judgeOutlook } from './outlook-rules.ts';
import type { AuditTools } from './page.ts';
import { takeSnapshot } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { judgeView } from './view-rules.ts';

/**
 * Every finding about a mail, the worst first.
 * @param html - the whole document, as it is sent
 */
export async function auditMail(html: string, { page, axe }: AuditTools): Promise<AuditFinding[]> {
	const findings = new Map<string, AuditFinding>();
	const note = (found: readonly Found[], view: string): void => {
		for (const finding of found) {
			const key = `${finding.rule} ${finding.where}`;
			const known = findings.get(key);
			if (known) known.views.push(view);
			else findings.set(key, { ...finding, views: [view] });
		}
	};
	for (const finding of judgeOutlook(html)) note([finding], 'classic Outlook');
	// The colour scheme of one document would live on in the next.
	await page.goto('about:blank');
	await page.setContent(html);
	await page.evaluate(axe);
	for (const { colorScheme, width, options } of views) {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 900 });
		// The script returns what the function's type says.
		const snapshot = (await page.evaluate(`(${takeSnapshot.toString()})()`)) as Snapshot;
		// axe was put into the page above; it answers with its own results.
		const results = (await page.evaluate(
			`axe.run(document, ${JSON.stringify(options)})`,
		)) as AxeResults;
		note([...judgeView(snapshot), ...judgeResults(results)], `${colorScheme} ${width}`);
	}
	return [...findings.values()].toSorted(
		(a, b) =>
			grades.indexOf(a.grade) - grades.indexOf(b.grade) || a.rule.localeCompare(b.rule, 'en'),
	);
}

/** True where a mail would count as failed in the report: something serious, or worse. */
export function isFailure({ grade }: AuditFinding): boolean {
	return grade === 'critical' || grade === 'serious';
}

function judgeResults({ violations, incomplete }: AxeResults): Found[] {
	const known = violations.flatMap(({ id, impact, help, nodes }) =>
		nodes.map((node) => ({
			rule: id,
			grade: gradesOfReport[id] ?? gradeOf(impact ?? 'serious'),
			where: node.html.replace(/\s+/g, ' ').slice(0, 120),
			message: `${help}.`,
			fix: reasonOf(node.failureSummary),
		})),
	);
	// axe cannot tell the contrast of words on a picture, and a mail may not depend on one.
	const unknown = incomplete
		.filter(({ id }) => id === 'color-contrast')
		.flatMap(({ nodes }) => nodes)
		.filter(({ any }) =>
			any.some(({ data }) => /^(?:bgImage|bgGradient)$/.test(data?.messageKey ?? '')),
		)
		.map((node) => ({
			rule: 'picture-ground',
			grade: 'moderate' as const,
			where: node.html.replace(/\s+/g, ' ').slice(0, 120),
			message: 'Words stand on a picture: with or without it, nobody knows their contrast.',
			fix: 'Put them on a plain colour.',
		}));
	return [...known, ...unknown];
}

/** Where the report grades a rule otherwise than axe does. */
const gradesOfReport: Record<string, Grade> = { 'meta-viewport': 'critical' };

function gradeOf(impact: string): Grade {
	return impact === 'minor' ? 'mild' : (grades.find((grade) => grade === impact) ?? 'serious');
}

/** The first line of axe's advice that says something of this element. */
function reasonOf(summary: string | undefined): string {
	const line = (summary ?? '').split('\n').find((text) => text.startsWith('  ')) ?? summary ?? '';
	return `${line.trim().replace(/\.$/, '')}.`;
}

const axeOptions = {
	resultTypes: ['violations', 'incomplete'],
	rules: {
		// A mail stands in the page of a webmail, which has its own main landmark.
		region: { enabled: false },
		'landmark-one-main': { enabled: false },
		// Ours are stricter: one h1 that shows, and a line under every link.
		'page-has-heading-one': { enabled: false },
		'link-in-text-block': { enabled: false },
		'target-size': { enabled: true },
	},
};

/** A dark mode changes colours and nothing else that axe looks at. */
const colourOptions = { resultTypes: axeOptions.resultTypes, runOnly: ['color-contrast'] };

const views = [
	{ colorScheme: 'light', width: 800, options: axeOptions },
	{ colorScheme: 'light', width: 320, options: axeOptions },
	{ colorScheme: 'dark', width: 320, options: colourOptions },
	{ colorScheme: 'dark', width: 800, options: colourOptions },
] as const;

/** The part of axe's answer that is read here. */
interface AxeResults {
	violations: AxeRule[];
	incomplete: AxeRule[];
}

interface AxeRule {
	id: string;
	impact?: string | null;
	help: string;
	nodes: {
		html: string;
		failureSummary?: string;
		any: { data?: { messageKey?: string } | null }[];
	}[];
}
