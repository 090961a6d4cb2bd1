import { ApiError } from './api-error.ts';
import type { World } from './world.ts';

/** One request, ready for an operation. */
export interface Call {
	method: string;
	/** Decoded path parameters; a route without them never asks. */
	params: Record<string, string>;
	query: URLSearchParams;
	/** Parsed JSON, or undefined where there was no body. */
	body: unknown;
}

export interface Answer {
	status: number;
	body: unknown;
}

/** An operation of the API. It changes the state at once, without waiting for anything. */
export interface Route {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** `/contacts/:contact/topics` */
	path: string;
	/** The SDK's name of the call. */
	op: string;
	run: (call: Call, world: World) => Answer;
}

/** Shortens a route table. */
export function route(method: Route['method'], path: string, op: string, run: Route['run']): Route {
	return { method, path, op, run };
}

/** 200 with a body. */
export function ok(body: unknown): Answer {
	return { status: 200, body };
}

/** 201 with a body. */
export function created(body: unknown): Answer {
	return { status: 201, body };
}

/** A path parameter; the route pattern guarantees it. */
export function param(call: Call, name: string): string {
	const value = call.params[name];
	if (value === undefined) throw new Error(`The route has no parameter ${name}.`);
	return value;
}

/**
 * Finds the operation for a request. Throws 404 for a path the API does not have, 405 for a method
 * the path does not take.
 */
export function findRoute(
	routes: readonly Route[],
	method: string,
	pathname: string,
): { route: Route; params: Record<string, string> } {
	const allowed: string[] = [];
	for (const candidate of routes) {
		const params = match(candidate.path, pathname);
		if (params === null) continue;
		if (candidate.method === method) return { route: candidate, params };
		allowed.push(candidate.method);
	}
	if (allowed.length === 0) {
		throw new ApiError(404, 'not_found', 'The requested endpoint does not exist.');
	}
	throw new ApiError(405, 'method_not_allowed', 'This endpoint does not take this method.', {
		allow: allowed.join(', '),
	});
}

function match(pattern: string, pathname: string): Record<string, string> | null {
	const wanted = pattern.split('/');
	const given = pathname.split('/');
	if (wanted.length !== given.length) return null;
	const params: Record<string, string> = {};
	for (const [index, part] of wanted.entries()) {
		const value = given[index] ?? '';
		if (!part.startsWith(':')) {
			if (part !== value) return null;
			continue;
		}
		if (value === '') return null;
		params[part.slice(1)] = decode(value);
	}
	return params;
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
