import { part } from './part.ts';

/**
 * Shows slides on the whole screen, one at a time, with a clock. Arrows and the keys of a
 * presenter's remote walk; T starts and stops the clock; Esc closes.
 * @param host - the element that holds the dialog of `Screen.astro`
 */
export function openScreen(host: HTMLElement, slides: readonly Slide[], now: () => number): void {
	const dialog = part(host, 'dialog', HTMLDialogElement);
	const closing = new AbortController();
	const { signal } = closing;
	const clock = startClock(dialog, now, signal);
	let at = 0;
	let isRevealed = false;

	function show(): void {
		const slide = slides[at];
		if (!slide) return;
		const hasMore = slide.back !== undefined && !isRevealed;
		part(dialog, 'slide').replaceChildren(
			...slide.front(),
			...(isRevealed ? (slide.back?.() ?? []) : []),
		);
		part(dialog, 'at').textContent = `${at + 1} of ${slides.length}`;
		part(dialog, 'forward').textContent = hasMore ? 'Show the answers' : 'Next';
		part(dialog, 'previous', HTMLButtonElement).disabled = at === 0 && !isRevealed;
		part(dialog, 'forward', HTMLButtonElement).disabled = !hasMore && at === slides.length - 1;
		part(dialog, 'slide').scrollTop = 0;
		part(dialog, 'said').textContent = isRevealed
			? slide.said
			: `${at + 1} of ${slides.length}. ${slide.name}`;
	}

	function forward(): void {
		if (slides[at]?.back && !isRevealed) isRevealed = true;
		else if (at < slides.length - 1) {
			at += 1;
			isRevealed = false;
			clock.reset();
		}
		show();
	}

	function previous(): void {
		if (isRevealed) isRevealed = false;
		else if (at > 0) {
			at -= 1;
			isRevealed = slides[at]?.back !== undefined;
			clock.reset();
		}
		show();
	}

	const press = (name: string, act: () => void): void =>
		part(dialog, name).addEventListener('click', act, { signal });
	press('forward', forward);
	press('previous', previous);
	press('close', () => dialog.close());
	dialog.addEventListener(
		'keydown',
		(event) => {
			if (event.ctrlKey || event.altKey || event.metaKey) return;
			const act = {
				ArrowRight: forward,
				PageDown: forward,
				ArrowLeft: previous,
				PageUp: previous,
				t: clock.toggle,
			}[event.key.length === 1 ? event.key.toLowerCase() : event.key];
			if (!act) return;
			event.preventDefault();
			act();
		},
		{ signal },
	);
	dialog.addEventListener('close', () => closing.abort(), { once: true });
	stayAwake(signal);
	show();
	dialog.showModal();
	part(dialog, 'forward').focus();
}

function startClock(dialog: HTMLElement, now: () => number, signal: AbortSignal): Clock {
	let minutes = 3;
	let left = minutes * 60_000;
	/** When it reaches zero, while it runs. */
	let ends: number | undefined;

	function show(): void {
		if (ends !== undefined) left = Math.max(0, ends - now());
		const seconds = Math.ceil(left / 1000);
		const timer = part(dialog, 'timer');
		const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
		if (timer.textContent !== text) timer.textContent = text;
		timer.toggleAttribute('data-over', left === 0);
		if (left === 0 && ends !== undefined) {
			ends = undefined;
			part(dialog, 'said').textContent = 'Time is up.';
		}
		part(dialog, 'time').textContent = ends === undefined ? 'Start the time' : 'Stop the time';
	}

	function reset(): void {
		ends = undefined;
		left = minutes * 60_000;
		show();
	}

	function toggle(): void {
		if (ends !== undefined) {
			left = Math.max(0, ends - now());
			ends = undefined;
		} else {
			if (left === 0) left = minutes * 60_000;
			ends = now() + left;
		}
		show();
	}

	const change = (by: number) => () => {
		minutes = Math.min(30, Math.max(1, minutes + by));
		const isRunning = ends !== undefined;
		reset();
		if (isRunning) toggle();
	};
	part(dialog, 'time').addEventListener('click', toggle, { signal });
	part(dialog, 'less').addEventListener('click', change(-1), { signal });
	part(dialog, 'more').addEventListener('click', change(1), { signal });
	const tick = setInterval(show, 250);
	signal.addEventListener('abort', () => clearInterval(tick));
	show();
	return { reset, toggle };
}

/** Asks the browser not to dim the screen while it is shown. Many cannot; that is no harm. */
function stayAwake(signal: AbortSignal): void {
	navigator.wakeLock?.request('screen').then(
		(lock) => {
			if (signal.aborted) void lock.release();
			else signal.addEventListener('abort', () => void lock.release());
		},
		() => undefined,
	);
}

export interface Slide {
	/** What it is about, for a screen reader. */
	name: string;
	front: () => readonly Node[];
	/** What is shown on the second press; undefined for a slide with one side. */
	back?: (() => readonly Node[]) | undefined;
	/** What a screen reader says when the back is shown. */
	said: string;
}

interface Clock {
	reset(): void;
	toggle(): void;
}
