/**
 * Work that a browser does before a sign-up is taken. It needs a script, so it is off unless a list
 * is under attack; each piece of work is bound to one address, so that done once it helps once.
 */
export interface Puzzle {
	/** Path below ours that the script is served at, and the script. */
	script: string;
	/** Sets a piece of work for an address. */
	create(address: string): Promise<unknown>;
	/** Whether the work for an address was done. */
	isSolved(solution: string, address: string): Promise<boolean>;
}
