import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** Serves a built site on loopback, compressed as a host would. */
export async function serveSite(siteDir: string): Promise<SiteServer> {
	const server = createServer((request, response) => {
		const path = normalize(
			decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname),
		);
		let file = join(siteDir, path);
		if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
		if (!existsSync(file)) {
			response.writeHead(404).end();
			return;
		}
		const type = types[extname(file)];
		const bytes = readFileSync(file);
		// Pagefind's own files are compressed already.
		const isText = type !== undefined;
		response.writeHead(200, {
			'content-type': type ?? 'application/octet-stream',
			...(isText && { 'content-encoding': 'br' }),
		});
		response.end(isText ? brotliCompressSync(bytes) : bytes);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	// A server that listens on a port has an address of this form.
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

const types: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.svg': 'image/svg+xml',
};

export interface SiteServer {
	origin: string;
	close(): Promise<void>;
}
