/** Reports on disk, beside the receipts: counts only, and newer ones take the place of older ones. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { flushFolder } from './durable.ts';

/** What became of an issue, in numbers. It never holds an address. */
export type Report = z.output<typeof reportSchema>;

/**
 * Writes `<stem>.report.json`, in place of the one before. A crash leaves the old one or the new one.
 * @param folder - absolute path; made where it is missing
 * @param stem - file name of the issue without its ending
 * @returns the file's name
 */
export async function keepReport(folder: string, stem: string, report: Report): Promise<string> {
	const name = `${stem}.report.json`;
	const temporary = join(folder, `.${name}.${randomUUID()}.tmp`);
	await mkdir(folder, { recursive: true });
	try {
		const file = await open(temporary, 'wx');
		try {
			const text = `${JSON.stringify(reportSchema.parse(report), null, '\t')}\n`;
			await file.writeFile(text, 'utf8');
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(temporary, join(folder, name));
	} finally {
		await rm(temporary, { force: true });
	}
	await flushFolder(folder);
	return name;
}

/** Every report of a folder, by the time of sending, and the names of files that hold none. */
export async function readReports(
	folder: string,
): Promise<{ reports: Report[]; unreadable: string[] }> {
	let names: string[];
	try {
		names = await readdir(folder);
	} catch {
		return { reports: [], unreadable: [] };
	}
	const reports: Report[] = [];
	const unreadable: string[] = [];
	for (const name of names.filter((one) => /^\d{3,4}(c\d)?-.+\.report\.json$/.test(one))) {
		const parsed = reportSchema.safeParse(await readJson(join(folder, name)));
		if (parsed.success) reports.push(parsed.data);
		else unreadable.push(name);
	}
	return { reports: reports.toSorted((a, b) => a.sentAt.localeCompare(b.sentAt)), unreadable };
}

async function readJson(path: string): Promise<unknown> {
	try {
		return JSON.parse(await readFile(path, 'utf8'));
	} catch {
		return undefined;
	}
}

/** A string that cannot hold an address. */
const plain = z
	.string()
	.min(1)
	.max(200)
	.regex(/^[^@\p{Cc}]*$/u, { error: 'It may not hold an address.' });
const count = z.int().min(0);

const reportSchema = z.strictObject({
	v: z.literal(1),
	site: plain,
	issue: z.string().regex(/^\d{3,4}(c\d)?$/),
	attempt: z.int().min(1),
	broadcast: plain,
	/** The provider's word: `sent`; `queued` while it goes out; `canceled` where it was stopped. */
	status: plain,
	sentAt: z.iso.datetime(),
	/** When the numbers were asked for, by the provider's clock. They are up to 15 minutes older. */
	takenAt: z.iso.datetime(),
	/** Readers at most, by the receipt. */
	upTo: count,
	sent: count,
	delivered: count,
	bounced: count,
	complained: count,
	suppressed: count,
	/** Readers who left by the link of this very mail. */
	left: count,
});
