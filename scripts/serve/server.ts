import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { isEndpoint } from '#/endpoints/path.ts';
import { UserError } from '#/user-error.ts';
import { siteAnswers } from './site.ts';

/**
 * Serves the endpoints and the built site from one origin, on Node.
 * @throws UserError where the port is taken
 */
export async function startServer(app: App, options: ServerOptions): Promise<Running> {
	const site = siteAnswers(options.folder, options.isHttps ?? false);
	const listener = getRequestListener(
		async (request, env) => {
			const answer = await (isEndpoint(request) ? app.fetch(request, env) : site(request));
			// Without TLS a browser speaks HTTP/1.1, so this is Node's own request.
			const incoming = env.incoming as IncomingMessage;
			if (!incoming.complete) {
				answer.headers.set('connection', 'close');
				readNoFurther(incoming);
			}
			return answer;
		},
		{
			// It would read what is left of a body to throw it away: see above.
			autoCleanupIncoming: false,
			// What Node itself cannot read never reaches the app, and must not print a stack.
			errorHandler: () => new Response('Bad request.\n', { status: 400 }),
			overrideGlobalObjects: false,
		},
	);
	const server = createServer(
		{ requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 5_000 },
		listener,
	);
	server.maxConnections = 2_000;
	await listen(server, options);
	// A TCP server's address is an object.
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://${options.host}:${port}`,
		port,
		close: (patienceMs = 10_000) =>
			new Promise((resolve) => {
				const timer = setTimeout(() => server.closeAllConnections(), patienceMs);
				server.close(() => {
					clearTimeout(timer);
					resolve();
				});
				server.closeIdleConnections();
			}),
	};
}

/**
 * Who asks, on Node: the other end of the connection, or what a proxy says of it.
 * @param isBehindProxy - true believes the last address of X-Forwarded-For, which the nearest proxy wrote
 */
export function nodeClient(isBehindProxy: boolean) {
	return (request: Request, env: unknown): string | undefined => {
		const said = request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
		if (isBehindProxy && said) return said;
		// Hono's Node adapter puts the request of Node there.
		const { incoming } = env as { incoming?: IncomingMessage };
		return incoming?.socket.remoteAddress;
	};
}

/**
 * Leaves what is left of a body where it is, so that it costs no memory, and hangs up a second after
 * the answer: at once would take the answer away from a client that is still writing.
 */
function readNoFurther(incoming: IncomingMessage): void {
	// Whoever listens for more is in charge of it; else Node reads on and throws it away.
	incoming.on('readable', () => {});
	const { socket } = incoming;
	socket.destroySoon = () => {
		socket.end();
		setTimeout(() => socket.destroy(), 1_000).unref();
	};
}

async function listen(server: Server, { port, host, isDemo }: ServerOptions): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', (cause: Error & { code?: string }) => {
			reject(
				cause.code === 'EADDRINUSE'
					? new UserError(
							`Port ${port} is taken by another program.`,
							`End that program, or choose another port: ${isDemo ? `npm start -- --newsletter-port ${port + 100}` : `PORT=${port + 100} npm run serve`}. Nothing was started.`,
							{ cause },
						)
					: cause,
			);
		});
		server.listen(port, host, resolve);
	});
}

/** The endpoints, as a server sees them. */
export interface App {
	fetch(request: Request, env: unknown): Response | Promise<Response>;
}

export interface ServerOptions {
	/** 0 takes a free one. */
	port: number;
	host: string;
	/** Absolute path of the built public site. */
	folder: string;
	/** True where readers reach it by TLS, through a proxy. */
	isHttps?: boolean;
	/** True for the demo, whose port is chosen by a flag. */
	isDemo?: boolean;
}

export interface Running {
	url: string;
	port: number;
	/** Answers what is under way, then ends; what takes longer is cut off. */
	close(patienceMs?: number): Promise<void>;
}
