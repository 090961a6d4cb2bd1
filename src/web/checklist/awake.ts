/**
 * Asks the browser not to dim the screen until the signal aborts. Many cannot, and some refuse;
 * that is no harm. A browser lets go when the page is hidden, so it is asked again afterwards.
 */
export function stayAwake(signal: AbortSignal): void {
	let lock: WakeLockSentinel | undefined;

	async function ask(): Promise<void> {
		if (document.visibilityState !== 'visible') return;
		try {
			lock = await navigator.wakeLock?.request('screen');
			if (signal.aborted) await lock?.release();
		} catch {
			lock = undefined;
		}
	}

	document.addEventListener('visibilitychange', () => void ask(), { signal });
	signal.addEventListener('abort', () => void lock?.release());
	void ask();
}
