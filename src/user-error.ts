/** Something the person at the keyboard can put right. Everything else that throws is our bug. */
export class UserError extends Error {
	override name = 'UserError';
	/** What to do next, as a sentence or a command. */
	readonly hint: string | undefined;

	constructor(message: string, hint?: string, options?: ErrorOptions) {
		super(message, options);
		this.hint = hint;
	}
}
