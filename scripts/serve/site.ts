import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { getMimeType } from 'hono/utils/mime';
import { permissionsPolicy } from '#/endpoints/headers.ts';

/**
 * Answers with the files of a built site, each with a policy that allows what is in it and nothing
 * else. A path that is not below the folder, or begins with a dot, is not there.
 * @param folder - absolute path of the built site; it may be built anew while this runs
 * @param isHttps - true where readers reach it by TLS, and browsers may be told to insist on it
 */
export function siteAnswers(
	folder: string,
	isHttps: boolean,
): (request: Request) => Promise<Response> {
	const always = isHttps ? { ...onEvery, ...overTls } : onEvery;
	return async (request) => {
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			return new Response('', { status: 405, headers: { allow: 'GET, HEAD', ...always } });
		}
		const path = pathBelow(new URL(request.url).pathname);
		const file = path === undefined ? undefined : await fileAt(folder, path);
		if (file === 'folder') {
			return new Response('', {
				status: 301,
				headers: { location: `${encodeURI(path ?? '')}/`, ...always },
			});
		}
		const found = file ?? (await readOrNothing(join(folder, '404.html')));
		if (!found) return new Response('Not found.\n', { status: 404, headers: always });
		const name = file ? (path ?? '') : '/404.html';
		const type =
			getMimeType(name.endsWith('/') ? 'index.html' : name) ?? 'text/html; charset=utf-8';
		const headers = new Headers({
			...always,
			'content-type': type,
			'cache-control': name.startsWith('/_astro/') ? 'max-age=31536000, immutable' : 'max-age=300',
			'content-length': String(found.byteLength),
		});
		headers.set('content-security-policy', type.startsWith('text/html') ? policyOf(found) : strict);
		const body = request.method === 'HEAD' ? null : new Uint8Array(found);
		return new Response(body, { status: file ? 200 : 404, headers });
	};
}

/** What a page may do: load from here, run and wear what stands in it, post here. */
export function policyOf(html: Buffer): string {
	const text = html.toString('utf8');
	const styles = [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, css]) => hash(css));
	const inline = [...text.matchAll(/<[a-z][^>]*\sstyle="([^"]*)"/g)].map(([, css]) =>
		hash(unescaped(css)),
	);
	const scripts = [...text.matchAll(/<script(?![^>]*\ssrc=)([^>]*)>([\s\S]*?)<\/script>/g)]
		.filter(([, attributes]) => !/\stype="application\/(?:ld\+)?json"/.test(attributes ?? ''))
		.map(([, , code]) => hash(code));
	const wearing = inline.length === 0 ? [] : ["'unsafe-hashes'", ...inline];
	return [
		"default-src 'none'",
		`style-src ${["'self'", ...new Set([...styles, ...wearing])].join(' ')}`,
		`script-src ${["'self'", ...new Set(scripts)].join(' ')}`,
		"img-src 'self'",
		"font-src 'self'",
		"connect-src 'self'",
		"form-action 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"object-src 'none'",
	].join('; ');
}

/** The path as a file's name; undefined for one that could leave the folder. */
function pathBelow(pathname: string): string | undefined {
	let path: string;
	try {
		path = decodeURIComponent(pathname);
	} catch {
		return undefined;
	}
	const isOdd = /[\\\0%:]|\/\.|\/\//.test(path);
	return isOdd ? undefined : path;
}

async function fileAt(folder: string, path: string): Promise<Buffer | 'folder' | undefined> {
	if (path.endsWith('/')) return readOrNothing(join(folder, path, 'index.html'));
	const found = await readOrNothing(join(folder, path));
	if (found) return found;
	const index = await stat(join(folder, path, 'index.html')).catch(() => undefined);
	return index?.isFile() ? 'folder' : undefined;
}

async function readOrNothing(file: string): Promise<Buffer | undefined> {
	try {
		return await readFile(file);
	} catch {
		return undefined;
	}
}

/** A text as a browser hashes it for a policy. */
function hash(text = ''): string {
	return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** An attribute's value is read before it is hashed; what stands between two tags is not. */
function unescaped(value = ''): string {
	return value.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

const strict = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

const overTls = { 'strict-transport-security': 'max-age=31536000' };

const onEvery = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'strict-origin-when-cross-origin',
	'permissions-policy': permissionsPolicy,
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
};
