/**
 * Lets every button with `data-copy` copy the field that stands in its `.copy` row. Where the
 * browser forbids it, the field is selected, ready for the keyboard.
 */
export function copyOnPress(host: HTMLElement, signal: AbortSignal): void {
	host.addEventListener(
		'click',
		({ target }) => {
			const button = target instanceof Element ? target.closest('[data-copy]') : null;
			const field = button?.closest('.copy')?.querySelector('input');
			if (button && field) void copy(field, button);
		},
		{ signal },
	);
}

async function copy(field: HTMLInputElement, button: Element): Promise<void> {
	field.select();
	let words = 'Copied.';
	try {
		// There is no clipboard on a page that came without encryption.
		await navigator.clipboard.writeText(field.value);
	} catch {
		words = 'Selected: copy it now.';
	}
	const status = button.parentElement?.querySelector('[role="status"]');
	if (status) status.textContent = words;
}
