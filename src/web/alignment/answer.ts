import { answering } from '#/alignment/answering.ts';
import type { Answering } from '#/alignment/answering.ts';
import { newDraft, readDraft, saveDraft } from '#/alignment/draft.ts';
import type { Draft } from '#/alignment/draft.ts';
import { readFragment } from '#/alignment/round.ts';
import type { Round } from '#/alignment/round.ts';
import { spaced } from '#/alignment/short-code.ts';
import { copyOnPress } from './copy.ts';
import { afterPaint } from './in-steps.ts';
import { node } from './node.ts';
import { builtInSet, part } from './part.ts';
import { qrPicture } from './qr.ts';
import { random } from './random.ts';
import { answeringAddress, keepInAddress, roundOnPress, roundWords } from './round-link.ts';

/**
 * The answering page. The form's own fields are the state; after each change they are read, kept in
 * the browser's store on this device and, once all is answered, become a code.
 */
export class TandemAnswer extends HTMLElement {
	readonly #set = builtInSet(this);
	readonly #form = part(this, 'form', HTMLFormElement);
	#round: Round | undefined;
	#nonce = 0;
	#step = 0;
	/** True between a tap on a point and the change it makes: a tap goes on, arrow keys do not. */
	#isTap = false;
	#listening: AbortController | undefined;

	connectedCallback(): void {
		this.#listening = new AbortController();
		const { signal } = this.#listening;
		const press = (name: string, act: () => void): void =>
			part(this, name).addEventListener('click', act, { signal });
		press('back', () => this.#go(this.#step - 1));
		press('next', () => this.#next());
		press('view', () => this.#turn());
		press('clear', () => this.#clear());
		press('print', () => window.print());
		copyOnPress(this, signal);
		roundOnPress(this, (round) => this.#opened(round), signal);
		this.#form.addEventListener('submit', (event) => event.preventDefault(), { signal });
		this.#form.addEventListener('change', (event) => this.#changed(event), { signal });
		this.#form.addEventListener('keydown', (event) => this.#key(event), { signal });
		this.#form.addEventListener('pointerup', (event) => this.#tapped(event), { signal });
		addEventListener('hashchange', () => this.#begin(), { signal });
		this.#begin();
		// The first look into the store makes a browser fetch it: not while somebody waits for a round.
		setTimeout(() => read(this.#storeKey));
	}

	disconnectedCallback(): void {
		this.#listening?.abort();
	}

	/** Takes the round from the address, and what this person answered in it before. */
	#begin(): void {
		this.#round = readFragment(location.hash);
		const round = this.#round;
		part(this, 'start').hidden = round !== undefined;
		for (const name of ['ways', 'moves', 'kept']) part(this, name).hidden = !round;
		// The questions may be read before anybody has opened a round.
		this.#form.inert = !round;
		if (!round) {
			this.dataset['view'] = 'all';
			for (const step of this.#steps) step.hidden = step.matches('.before, .finish');
			return;
		}
		this.dataset['view'] = 'one';
		const kept = readDraft(read(this.#storeKey), this.#set, round);
		this.#fill(kept ?? newDraft(this.#set, random()));
		this.#show();
		this.#go(0, false);
	}

	#opened(round: Round): void {
		keepInAddress(round);
		this.#begin();
		part(this, 'opened').hidden = false;
		part(this, 'opened-words').textContent = `${roundWords(round)} It is open.`;
		part(this, 'opened-link', HTMLInputElement).value = answeringAddress(round);
		part(this, 'compare-link', HTMLAnchorElement).hash = location.hash;
		part(this, 'opened-link').focus();
	}

	#fill({ team, level, nonce, answers }: Draft): void {
		this.#nonce = nonce;
		this.#choose('team', team);
		this.#check('level').checked = level === 'lead';
		for (const [index, { id }] of this.#set.items.entries()) {
			this.#choose(id, answers[index]?.toString());
		}
	}

	get #draft(): Draft {
		const fields = new FormData(this.#form);
		const team = fields.get('team');
		return {
			team: team === 'sales' || team === 'marketing' || team === 'leader' ? team : undefined,
			level: fields.get('level') === 'lead' ? 'lead' : 'member',
			nonce: this.#nonce,
			answers: this.#set.items.map(({ id }) => {
				const answer = fields.get(id);
				return answer === null ? undefined : Number(answer);
			}),
		};
	}

	#changed(event: Event): void {
		const round = this.#round;
		if (!round) return;
		write(this.#storeKey, saveDraft(this.#draft, this.#set, round));
		part(this, 'cleared').textContent = '';
		this.#show();
		const isPoint = event.target instanceof HTMLInputElement && event.target.name !== 'level';
		if (!this.#isTap || !isPoint || this.dataset['view'] !== 'one' || this.#step === 0) return;
		this.#isTap = false;
		const step = this.#step;
		// Long enough to see what was marked.
		setTimeout(() => {
			if (this.#step === step) this.#go(step + 1);
		}, 250);
	}

	#show(): void {
		const round = this.#round;
		if (!round) return;
		const draft = this.#draft;
		const view = answering(this.#set, round, draft, Number(this.dataset['minTeam']));
		part(this, 'privacy').replaceChildren(...view.privacy.map((words) => node('li', {}, words)));
		part(this, 'progress').textContent = view.progress;
		part(this, 'bar', HTMLProgressElement).value = view.done;
		const isLeader = draft.team === 'leader';
		this.#check('level').disabled = isLeader;
		this.#showOpen(view, draft);
		this.#showCode(view);
	}

	#showOpen({ code, open }: Answering, { team }: Draft): void {
		const jump = (step: number, label: string): HTMLElement => {
			const button = node('button', { type: 'button', class: 'quiet' }, label);
			button.addEventListener('click', () => this.#go(step));
			return button;
		};
		part(this, 'open').hidden = code !== undefined;
		part(this, 'open').replaceChildren(
			node('p', {}, 'Your code appears here when everything is answered. Still open:'),
			node(
				'p',
				{ class: 'cluster' },
				!team && jump(0, 'Your team'),
				...open.map((number) => jump(number, `Question ${number}`)),
			),
		);
	}

	#showCode({ code, title }: Answering): void {
		this.toggleAttribute('data-done', code !== undefined);
		part(this, 'code').hidden = code === undefined;
		if (code === undefined) {
			for (const name of ['code-text', 'qr']) part(this, name).replaceChildren();
			delete part(this, 'qr').dataset['code'];
			part(this, 'code-field', HTMLInputElement).value = '';
			part(this, 'mail').removeAttribute('href');
			return;
		}
		part(this, 'code-text').textContent = spaced(code);
		part(this, 'code-field', HTMLInputElement).value = code;
		const qr = part(this, 'qr');
		qr.dataset['code'] = code;
		// A code is written at once; its picture takes a phone as long as all the rest.
		afterPaint(() => {
			if (qr.dataset['code'] !== code) return;
			qr.replaceChildren(qrPicture(code, 'QR picture of your code'));
		});
		const subject = encodeURIComponent(`Answer code: ${title}`);
		const body = encodeURIComponent(`${code}\n\nThis code holds my answers to "${title}".\n`);
		part(this, 'mail', HTMLAnchorElement).href = `mailto:?subject=${subject}&body=${body}`;
	}

	#next(): void {
		const isResumed =
			this.#step === 0 && this.#draft.answers.some((answer) => answer !== undefined);
		const firstOpen = this.#draft.answers.indexOf(undefined) + 1;
		const next = isResumed ? firstOpen || this.#set.items.length + 1 : this.#step + 1;
		this.#go(next);
	}

	/** Shows one step, or brings it into view where all are shown, and puts the keyboard there. */
	#go(step: number, isMoved = true): void {
		const last = this.#set.items.length + 1;
		this.#step = Math.min(Math.max(step, 0), last);
		const isOne = this.dataset['view'] === 'one';
		for (const [index, element] of this.#steps.entries()) {
			element.hidden = isOne && index !== this.#step;
		}
		part(this, 'moves').hidden = !isOne;
		part(this, 'back').hidden = this.#step === 0;
		part(this, 'next').hidden = this.#step === last;
		part(this, 'next').textContent = this.#step === last - 1 ? 'To my code' : 'Next';
		if (!isMoved) return;
		const here = this.#steps[this.#step];
		const target =
			here?.querySelector<HTMLElement>('input:checked, h2[tabindex]') ??
			here?.querySelector<HTMLElement>('input, h2');
		target?.focus({ preventScroll: true });
		const top = isOne ? part(this, 'ways') : here;
		top?.scrollIntoView({ block: 'start' });
	}

	#turn(): void {
		const isOne = this.dataset['view'] === 'one';
		this.dataset['view'] = isOne ? 'all' : 'one';
		part(this, 'view').setAttribute('aria-pressed', String(isOne));
		this.#go(this.#step, false);
	}

	#tapped({ target, pointerType }: PointerEvent): void {
		this.#isTap =
			pointerType !== '' &&
			target instanceof Element &&
			target.closest('.points, .unknown') !== null;
		// The change that a tap makes follows at once, or not at all.
		setTimeout(() => {
			this.#isTap = false;
		}, 100);
	}

	/** Digits mark a point of the question that has the keyboard; Enter goes on. */
	#key(event: KeyboardEvent): void {
		const { target, key } = event;
		if (!(target instanceof HTMLInputElement) || event.ctrlKey || event.altKey || event.metaKey)
			return;
		if (key === 'Enter') {
			event.preventDefault();
			if (this.dataset['view'] === 'one') this.#next();
			return;
		}
		if (!/^[0-5]$/.test(key) || target.name === 'team' || target.name === 'level') return;
		const field = this.#field(target.name, key);
		if (!field) return;
		field.focus();
		field.click();
	}

	#clear(): void {
		remove(this.#storeKey);
		this.#fill(newDraft(this.#set, random()));
		this.#show();
		this.#go(0);
		part(this, 'cleared').textContent = 'Cleared. Nothing of your answers is left here.';
	}

	#choose(name: string, value: string | undefined): void {
		for (const field of this.#form.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)) {
			field.checked = field.value === value;
		}
	}

	#field(name: string, value: string): HTMLInputElement | null {
		return this.#form.querySelector(`[name="${name}"][value="${value}"]`);
	}

	#check(name: string): HTMLInputElement {
		// The component has it in every set.
		return this.#form.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
	}

	get #steps(): HTMLElement[] {
		return [...this.querySelectorAll<HTMLElement>('[data-step]')];
	}

	get #storeKey(): string {
		return `tandem-answers:${this.#set.slug}`;
	}
}

// A browser may forbid its store: then answers last as long as the page.
function read(key: string): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		return null;
	}
}

function write(key: string, text: string): void {
	try {
		localStorage.setItem(key, text);
	} catch {
		return;
	}
}

function remove(key: string): void {
	try {
		localStorage.removeItem(key);
	} catch {
		return;
	}
}
