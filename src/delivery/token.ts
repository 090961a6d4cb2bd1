/**
 * Tokens: what a link carries instead of a session. A token says what it is for, when it was made
 * and when it ends; whom it is about is sealed, so that no log or history holds an address. The same
 * facts give the same token, so that the same mail can be made twice. Only standard Web Crypto is
 * used: the endpoints run on any host.
 */
import { UserError } from '#/user-error.ts';
import { base64Url, bytesOf, fromBase64Url, hex, joined, sameText } from './bytes.ts';

/**
 * Opens a set of keys.
 * @param keys - the first signs; it and the second open every token, older ones `unsub` only
 */
export function openTokens(keys: readonly TokenKey[]): Tokens {
	const ring = new Map(keys.map((key, index) => [key.id, subkeys(key, index < activeKeys)]));
	const first = keys[0];
	const signing = first && ring.get(first.id);
	if (!signing)
		throw new UserError('There is no token key.', 'Set TOKEN_KEYS. Nothing was started.');

	return {
		async mint(purpose, facts, { iat, exp }) {
			const head = `v1.${purpose}.${signing.id}.${iat}.${exp}`;
			const plain = JSON.stringify(facts);
			const drawn = await hmac(await signing.mac(purpose, 'nonce'), `${head}\0${plain}`);
			const nonce = drawn.slice(0, nonceBytes);
			const sealed = await crypto.subtle.encrypt(
				{ name: 'AES-GCM', iv: nonce, additionalData: bytesOf(head) },
				await signing.seal(purpose),
				bytesOf(plain),
			);
			const body = `${head}.${base64Url(joined(nonce, new Uint8Array(sealed)))}`;
			return `${body}.${base64Url(await hmac(await signing.mac(purpose, 'mac'), body))}`;
		},
		async open(purpose, token, now) {
			const parts = token.length > longest ? null : form.exec(token);
			if (!parts?.groups) return undefined;
			const { body = '', head = '', named, kid = '', iat, exp, box = '', mac = '' } = parts.groups;
			const key = ring.get(kid);
			if (!key) return undefined;
			// The named purpose is one of the five: the pattern says so.
			const sealedFor = named as Purpose;
			const right = base64Url(await hmac(await key.mac(sealedFor, 'mac'), body));
			// Compared as text: the last character has spare bits, so several would decode alike.
			if (!sameText(mac, right)) return undefined;
			if (sealedFor !== purpose || (!key.isActive && purpose !== 'unsub')) return undefined;
			if (Number(exp) !== 0 && now.getTime() / 1000 >= Number(exp)) return undefined;
			const bytes = fromBase64Url(box);
			const plain = await crypto.subtle.decrypt(
				{ name: 'AES-GCM', iv: bytes.slice(0, nonceBytes), additionalData: bytesOf(head) },
				await key.seal(purpose),
				bytes.slice(nonceBytes),
			);
			return {
				facts: JSON.parse(new TextDecoder().decode(plain)),
				iat: Number(iat),
				exp: Number(exp),
				id: mac.slice(0, 16),
			};
		},
		async name(purpose, parts) {
			const named = await hmac(await signing.mac(purpose, 'idem'), parts.join('\0'));
			return hex(named).slice(0, 32);
		},
	};
}

/**
 * Reads `k2:<32 bytes in base64>,k1:…`.
 * @throws UserError where a key is missing, short, or named twice
 */
export function parseTokenKeys(text: string): TokenKey[] {
	const keys = text.split(',').map((part) => {
		const [, id = '', encoded = ''] =
			/^\s*(k[0-9a-z]{1,7}):([A-Za-z0-9+/_-]{43}=?)\s*$/.exec(part) ?? [];
		if (id === '') {
			throw new UserError(
				'TOKEN_KEYS is not a list of keys such as k1:<32 bytes in base64>.',
				"Make a key with: node -p \"'k1:' + crypto.randomBytes(32).toString('base64')\". Nothing was started.",
			);
		}
		const root = fromBase64Url(encoded.replaceAll('+', '-').replaceAll('/', '_').replace('=', ''));
		return { id, root };
	});
	if (new Set(keys.map(({ id }) => id)).size < keys.length) {
		throw new UserError('TOKEN_KEYS names a key twice.', 'Give each its own name: k1, k2, k3.');
	}
	return keys;
}

function subkeys({ id, root }: TokenKey, isActive: boolean): Subkeys {
	const known = new Map<string, Promise<CryptoKey>>();
	function derive(
		use: string,
		make: (bits: ArrayBuffer) => Promise<CryptoKey>,
	): Promise<CryptoKey> {
		const key = known.get(use) ?? bits(root, use).then(make);
		known.set(use, key);
		return key;
	}
	return {
		id,
		isActive,
		mac: (purpose, use) =>
			derive(`${purpose}/${use}`, (secret) =>
				crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
			),
		seal: (purpose) =>
			derive(`${purpose}/enc`, (secret) =>
				crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt', 'decrypt']),
			),
	};
}

async function bits(root: Uint8Array<ArrayBuffer>, info: string): Promise<ArrayBuffer> {
	const key = await crypto.subtle.importKey('raw', root, 'HKDF', false, ['deriveBits']);
	const salt = bytesOf('tandem');
	return crypto.subtle.deriveBits(
		{ name: 'HKDF', hash: 'SHA-256', salt, info: bytesOf(info) },
		key,
		256,
	);
}

async function hmac(key: CryptoKey, text: string): Promise<Uint8Array<ArrayBuffer>> {
	return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(text)));
}

const activeKeys = 2;
const nonceBytes = 12;
/** Characters. An address of 254 bytes with three topics takes about 560. */
const longest = 768;
const form =
	/^(?<body>(?<head>v1\.(?<named>confirm|unsub|undo|prefs|form)\.(?<kid>k[0-9a-z]{1,7})\.(?<iat>\d{1,11})\.(?<exp>\d{1,11}))\.(?<box>[A-Za-z0-9_-]{38,}))\.(?<mac>[A-Za-z0-9_-]{43})$/;

export interface Tokens {
	/** Makes a token. The same facts and times give the same one. */
	mint(purpose: Purpose, facts: unknown, times: TokenTimes): Promise<string>;
	/** Reads a token; undefined where it is forged, ended, or for something else. */
	open(purpose: Purpose, token: string, now: Date): Promise<OpenToken | undefined>;
	/** A name for something that must be done once: 32 hex digits that tell nobody what it is. */
	name(purpose: Purpose, parts: readonly string[]): Promise<string>;
}

/** Unix seconds; an end of 0 is never. */
interface TokenTimes {
	iat: number;
	exp: number;
}

export interface OpenToken extends TokenTimes {
	/** What was sealed: ours, since the signature held. */
	facts: unknown;
	/** First 16 characters of the signature: names the token, opens nothing. */
	id: string;
}

export type Purpose = 'confirm' | 'unsub' | 'undo' | 'prefs' | 'form';

export interface TokenKey {
	/** `k1` */
	id: string;
	/** 32 random bytes. */
	root: Uint8Array<ArrayBuffer>;
}

interface Subkeys {
	id: string;
	isActive: boolean;
	mac(purpose: Purpose, use: 'nonce' | 'mac' | 'idem'): Promise<CryptoKey>;
	seal(purpose: Purpose): Promise<CryptoKey>;
}
