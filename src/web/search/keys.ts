/**
 * What opens the search on a page that carries no script of its own. `SearchForm.astro` holds a
 * frame of one pixel with this module, which the browser fetches only once somebody touches the
 * page. In the frame it does one thing: it asks the page itself to load it. In the page it listens
 * for the keys and the form, and fetches the search when one of them is used.
 */
import type { TandemFind } from './find.ts';

if (window === window.parent) listen();
else load(window.parent.document);

function load(page: Document): void {
	const script = page.createElement('script');
	script.type = 'module';
	script.src = import.meta.url;
	page.head.append(script);
}

function listen(): void {
	const forms = [...document.querySelectorAll<HTMLFormElement>('form.search')];
	const field = forms[0]?.querySelector('input') ?? undefined;
	const isField = (target: EventTarget | null): target is HTMLInputElement =>
		target instanceof HTMLInputElement && target.form !== null && forms.includes(target.form);
	const dialog = async (): Promise<TandemFind> => {
		const { TandemFind } = await import('./find.ts');
		if (!customElements.get('tandem-find')) customElements.define('tandem-find', TandemFind);
		const there = document.querySelector<TandemFind>('tandem-find');
		if (there) return there;
		const made = new TandemFind();
		document.body.append(made);
		return made;
	};
	// Where it cannot be loaded, the form and the link lead to the search page as ever.
	const warm = (): void => void dialog().then((find) => find.warm(), ignore);
	const open = (): void => void dialog().then((find) => find.open(field), ignore);

	document.addEventListener('keydown', (event) => {
		const isPalette = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
		const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
		if (!isPalette && !(event.key === '/' && isPlain && !isTyping(event.target))) return;
		if (document.querySelector('dialog:modal')) return;
		event.preventDefault();
		open();
	});
	for (const form of forms) {
		form.addEventListener('focusin', warm);
		form.addEventListener('pointerenter', warm);
		form.addEventListener('input', ({ target }) => {
			if (isField(target)) open();
		});
		form.addEventListener('click', ({ target }) => {
			if (isField(target)) open();
		});
	}
	// Somebody may have typed while this was on its way.
	const { activeElement } = document;
	if (isField(activeElement)) {
		if (activeElement.value === '') warm();
		else open();
	}
}

function ignore(): void {}

function isTyping(target: EventTarget | null): boolean {
	return (
		target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable]')
	);
}
