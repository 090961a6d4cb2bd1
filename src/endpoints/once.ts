/**
 * Lets each thing pass once, while it is valid. Kept in this process only: another process may let it
 * pass once more. What it guards is bound to one address, and that address gets one mail from all
 * processes together, so a second time gains nothing.
 * @param most - things kept; with none free nothing passes
 */
export function openOnce(most: number, now: () => Date): Once {
	const used = new Map<string, number>();
	return {
		take(name, until) {
			const at = now().getTime();
			if (used.has(name)) return false;
			if (used.size >= most) {
				for (const [old, end] of used) if (end <= at) used.delete(old);
				if (used.size >= most) return false;
			}
			used.set(name, until);
			return true;
		},
	};
}

export interface Once {
	/**
	 * True the first time.
	 * @param until - when it is no longer valid by itself, in milliseconds; it is forgotten then
	 */
	take(name: string, until: number): boolean;
}
