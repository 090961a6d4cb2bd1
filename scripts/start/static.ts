import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { UserError } from '#/user-error.ts';

/**
 * Serves a built site on loopback, as a static host would: index files, its own 404 page.
 * @param folder - absolute path of the built site
 * @param port - 0 takes a free one
 * @throws UserError where the port is taken
 */
export async function serveFolder(folder: string, port: number, flag: string): Promise<StaticSite> {
	// The folder may still be to be built: the port is taken first.
	await mkdir(folder, { recursive: true });
	const app = new Hono();
	app.use('*', async (context, next) => {
		await next();
		context.header('cache-control', 'no-store');
	});
	app.use('*', serveStatic({ root: folder }));
	app.notFound(async (context) => {
		try {
			return context.html(await readFile(join(folder, '404.html'), 'utf8'), 404);
		} catch {
			return context.text('Not found.', 404);
		}
	});
	const server = createServer(getRequestListener(app.fetch));
	await listen(server, port, flag);
	const address = server.address();
	const taken = typeof address === 'object' && address ? address.port : port;
	return {
		url: `http://127.0.0.1:${taken}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function listen(server: Server, port: number, flag: string): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', (cause: Error & { code?: string }) => {
			reject(
				cause.code === 'EADDRINUSE'
					? new UserError(
							`Port ${port} is taken by another program.`,
							`End that program, or choose another port: npm start -- --${flag} ${port + 100}. Nothing was started.`,
							{ cause },
						)
					: cause,
			);
		});
		server.listen(port, '127.0.0.1', resolve);
	});
}

export interface StaticSite {
	url: string;
	close(): Promise<void>;
}
