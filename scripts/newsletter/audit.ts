import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { auditMail, isFailure } from '#/email/audit/audit.ts';
import type { AuditFinding } from '#/email/audit/finding.ts';
import { UserError } from '#/user-error.ts';
import { withChromium } from './chromium.ts';
import type { Command } from './command.ts';

/** Who a mail shuts out, by the rules of the Email Markup Consortium; any mail, not ours alone. */
export const audit: Command = {
	usage: 'audit FILE.html',
	summary: 'Accessibility of any mail, as a browser shows it. Needs Chromium.',
	issue: 'file',
	options: {},
	async run({ issue: file = '' }, print) {
		const html = readMail(file);
		print.progress('Looking at it in light and dark, 320 and 800 px wide.');
		const findings = await look(html);
		for (const finding of findings) print.result(asText(finding));
		const failures = findings.filter(isFailure).length;
		print.progress(
			findings.length === 0
				? `${file}: no findings. Nothing was sent.`
				: `${file}: ${failures} critical or serious, ${findings.length - failures} others. Nothing was sent.`,
		);
		return failures > 0 ? 1 : 0;
	},
};

function asText({ rule, grade, where, message, fix, views }: AuditFinding): string {
	return [`${grade} ${rule} (${views.join(', ')})`, `  ${where}`, `  ${message} ${fix}`].join('\n');
}

function readMail(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (cause) {
		throw new UserError(
			`${file} cannot be read.`,
			'Give the HTML of a mail, such as dist/outbox/005/message.html.',
			{ cause },
		);
	}
}

/** The audit in a page without connections: a mail is read with its pictures off. */
function look(html: string): Promise<AuditFinding[]> {
	const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
	return withChromium('an audit looks at a mail in it', async (browser) => {
		const context = await browser.newContext({ offline: true });
		return auditMail(html, { page: await context.newPage(), axe });
	});
}
