/**
 * The switch "Keep this playbook offline". Nothing is kept before somebody turns it on. The state is
 * `data-state`: off, busy, on, failed or none (the browser cannot).
 */
export class TandemOffline extends HTMLElement {
	#listening: AbortController | undefined;

	connectedCallback(): void {
		this.#listening = new AbortController();
		const { signal } = this.#listening;
		if (!('serviceWorker' in navigator)) {
			this.#show('none', 'This browser cannot keep it, or the page came without encryption.');
			return;
		}
		const { serviceWorker } = navigator;
		serviceWorker.addEventListener('message', ({ data }) => this.#progress(data), { signal });
		// Messages wait until somebody says that they are expected.
		serviceWorker.startMessages();
		this.#button.addEventListener('click', () => void this.#turn(), { signal });
		void this.#begin();
	}

	disconnectedCallback(): void {
		this.#listening?.abort();
	}

	async #begin(): Promise<void> {
		const registration = await navigator.serviceWorker.getRegistration('/');
		if (!registration?.active) this.#show('off', '');
		else if (await isWhole()) this.#show('on', kept);
		else
			this.#show(
				'on',
				'It is fetched again when you open the next page: you were logged out meanwhile.',
			);
	}

	async #turn(): Promise<void> {
		if (this.dataset['state'] === 'on') await this.#stop();
		else await this.#start();
	}

	async #start(): Promise<void> {
		this.#show('busy', 'Fetching the playbook …');
		try {
			const registration = await navigator.serviceWorker.register('/offline-worker.js');
			const installing = registration.installing ?? registration.waiting;
			if (installing) await settled(installing);
			if (!registration.active) throw new Error('The worker was not installed.');
			this.#show('on', kept);
		} catch {
			this.#show(
				'failed',
				'It could not be fetched whole, so nothing is kept. Check your connection and try again.',
			);
		}
	}

	async #stop(): Promise<void> {
		const registration = await navigator.serviceWorker.getRegistration('/');
		await registration?.unregister();
		for (const name of await caches.keys()) {
			if (name.startsWith('playbook-')) await caches.delete(name);
		}
		this.#show('off', 'Nothing of it is kept on this device any more.');
	}

	#progress(data: unknown): void {
		// The worker sends nothing else.
		const { done, total } = data as { done: number; total: number };
		if (this.dataset['state'] !== 'busy' || total === 0) return;
		this.#status.textContent = `${Math.floor((100 * done) / total)} % of ${total} files fetched.`;
	}

	#show(state: 'off' | 'busy' | 'on' | 'failed' | 'none', words: string): void {
		this.dataset['state'] = state;
		this.#button.setAttribute('aria-checked', String(state === 'on'));
		this.#button.disabled = state === 'busy' || state === 'none';
		this.#status.textContent = words;
	}

	get #button(): HTMLButtonElement {
		return this.#within('button', HTMLButtonElement);
	}

	get #status(): HTMLElement {
		return this.#within('[role="status"]', HTMLElement);
	}

	#within<T extends HTMLElement>(selector: string, type: new () => T): T {
		const found = this.querySelector(selector);
		if (found instanceof type) return found;
		throw new Error(`The switch has no ${selector}.`);
	}
}

const kept = 'It is kept: every page and the search work without a network on this device.';

/** True where the list that is kept last is there. */
async function isWhole(): Promise<boolean> {
	return (await caches.match('/offline.json')) !== undefined;
}

/** Resolves once a worker is at work, rejects where it is given up. */
function settled(installing: ServiceWorker): Promise<void> {
	return new Promise((resolve, reject) => {
		const look = (): void => {
			if (installing.state === 'activated') resolve();
			else if (installing.state === 'redundant') reject(new Error('The worker was given up.'));
		};
		installing.addEventListener('statechange', look);
		look();
	});
}
