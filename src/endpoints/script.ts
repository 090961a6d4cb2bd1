/** The one script of the endpoints: it finishes a form that a person has already sent. */

/**
 * The script as it is served. Where the form comes back, it waits until the form is old enough,
 * solves the puzzle if there is one, and sends the form again. Typing into it leaves it to the person.
 */
export const formScript = `(${String(finish)})();\n`;

/** Runs in the browser, as text: it may use nothing but what stands in it. */
function finish(): void {
	const form = document.querySelector<HTMLFormElement>('form[data-wait]');
	const said = document.getElementById('fault');
	if (!form || !said) return;
	const words = said.textContent;
	// Aborted where the form is the person's again.
	const task = new AbortController();

	function leaveIt(): void {
		task.abort();
		if (said) said.textContent = words;
	}

	function bytes(hex: string): Uint8Array<ArrayBuffer> {
		return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
	}

	async function solution(text: string): Promise<string> {
		const challenge = JSON.parse(text);
		const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
		const start = bytes(nonce);
		const password = new Uint8Array(start.length + 4);
		password.set(start);
		const derive = { name: 'PBKDF2', salt: bytes(salt), iterations: cost, hash: 'SHA-256' };
		for (let counter = 0; !task.signal.aborted && counter < 1e5; counter += 1) {
			new DataView(password.buffer).setUint32(start.length, counter);
			const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
			const bits = new Uint8Array(await crypto.subtle.deriveBits(derive, key, keyLength * 8));
			const derivedKey = Array.from(bits, (byte) => byte.toString(16).padStart(2, '0')).join('');
			if (!derivedKey.startsWith(keyPrefix)) continue;
			return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
		}
		throw new Error('It was not solved.');
	}

	async function send(form: HTMLFormElement): Promise<void> {
		const { puzzle, wait } = form.dataset;
		const altcha = puzzle === undefined ? '' : await solution(puzzle);
		await new Promise((resolve) => setTimeout(resolve, Number(wait) * 1000));
		if (task.signal.aborted) return;
		const field = document.createElement('input');
		field.type = 'hidden';
		field.name = 'altcha';
		field.value = altcha;
		form.append(field);
		// Not by its button: the server has already taken the address for one.
		form.submit();
	}

	form.addEventListener('input', leaveIt);
	addEventListener('pageshow', ({ persisted }) => {
		if (persisted) leaveIt();
	});
	form.addEventListener('submit', (event) => {
		if (!task.signal.aborted) event.preventDefault();
	});
	said.textContent =
		'One moment. Your browser does a small check that keeps robots out; then the form sends itself.';
	send(form).catch(leaveIt);
}
