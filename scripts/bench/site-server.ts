import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/**
 * Serves a built site on loopback as a static host would: text in brotli, a folder by its index, a
 * page also by its name without the ending, the site's own 404 page, files with a digest in their
 * name kept for good and all others asked for again.
 * @param port - 0 takes a free one
 */
export async function serveSite(siteDir: string, port = 0): Promise<SiteServer> {
	const kept = new Map<string, Buffer>();
	const compressed = (file: string): Buffer => {
		const known = kept.get(file);
		if (known) return known;
		const bytes = brotliCompressSync(readFileSync(file));
		kept.set(file, bytes);
		return bytes;
	};
	const server = createServer((request, response) => {
		const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
		const path = normalize(decodeURIComponent(pathname));
		const file = fileAt(siteDir, path);
		if (file === undefined) {
			send(response, join(siteDir, '404.html'), 404, path, compressed);
		} else if (file.endsWith('/index.html') && !path.endsWith('/') && !path.endsWith('.html')) {
			response.writeHead(301, { location: `${pathname}/${search}` }).end();
		} else {
			send(response, file, 200, path, compressed);
		}
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	// A server that listens on a port has an address of this form.
	const address = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${address.port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function fileAt(siteDir: string, path: string): string | undefined {
	const file = join(siteDir, path);
	return [file, join(file, 'index.html'), `${file}.html`].find(
		(name) => existsSync(name) && statSync(name).isFile(),
	);
}

function send(
	response: ServerResponse,
	file: string,
	status: number,
	path: string,
	compressed: (file: string) => Buffer,
): void {
	if (!existsSync(file)) {
		response.writeHead(status).end();
		return;
	}
	const type = types[extname(file)];
	// Pictures, fonts and Pagefind's own files are compressed already.
	const isText = type !== undefined && !/^(?:image\/(?!svg)|font\/)/.test(type);
	const bytes = isText ? compressed(file) : readFileSync(file);
	response.writeHead(status, {
		'content-type': type ?? 'application/octet-stream',
		'content-length': bytes.length,
		'cache-control': digestNamed.test(path)
			? 'public, max-age=31536000, immutable'
			: 'public, max-age=0, must-revalidate',
		...(isText && { 'content-encoding': 'br', vary: 'accept-encoding' }),
	});
	response.end(bytes);
}

/** The folders in which Astro, VitePress and Docusaurus put files named after what they hold. */
const digestNamed = /^\/(?:_astro|assets)\//;

const types: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.xml': 'application/xml; charset=utf-8',
	'.txt': 'text/plain; charset=utf-8',
	'.md': 'text/markdown; charset=utf-8',
	'.webmanifest': 'application/manifest+json; charset=utf-8',
	'.svg': 'image/svg+xml; charset=utf-8',
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
	'.webp': 'image/webp',
	'.avif': 'image/avif',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
};

export interface SiteServer {
	origin: string;
	close(): Promise<void>;
}
