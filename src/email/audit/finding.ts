/** The grades of the Email Markup Consortium, worst first. */
export const grades = ['critical', 'serious', 'moderate', 'mild'] as const;

export type Grade = (typeof grades)[number];

/** One place where a mail shuts somebody out. */
export interface AuditFinding {
	/** Ours, or the name axe gives it: `body-dir`, `color-contrast`. */
	rule: string;
	grade: Grade;
	/** The start of the element's source, or its words. */
	where: string;
	message: string;
	/** What to do about it. */
	fix: string;
	/** Where it was seen, `dark 320`; all of them for what no view changes. */
	views: string[];
}

/** A finding before it is known in which views it shows. */
export type Found = Omit<AuditFinding, 'views'>;
