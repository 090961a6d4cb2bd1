/** The part of a browser's page that an audit needs; a page of Playwright is one. */
interface AuditPage {
	goto(url: string): Promise<unknown>;
	setContent(html: string): Promise<unknown>;
	setViewportSize(size: { width: number; height: number }): Promise<unknown>;
	emulateMedia(options: { colorScheme: 'light' | 'dark' }): Promise<unknown>;
	/** Runs a script in the page and gives its value, once it is there. */
	evaluate(script: string): Promise<unknown>;
}

/** What an audit works with. */
export interface AuditTools {
	/** A page of its own, without connections: a mail is read with its pictures off. */
	page: AuditPage;
	/** The source of axe-core, to be run in the page. */
	axe: string;
}
