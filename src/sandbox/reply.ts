/** The answer of a page or of the control API. */
export interface Reply {
	status: number;
	headers: Record<string, string>;
	body: string;
}

/** A reply of any type, never cached. */
export function reply(status: number, type: string, body: string, headers = {}): Reply {
	return {
		status,
		headers: {
			'content-type': type,
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff',
			'x-robots-tag': 'noindex',
			...headers,
		},
		body,
	};
}

/** JSON, indented for people who read it with curl. */
export function json(body: unknown, status = 200): Reply {
	return reply(status, 'application/json; charset=utf-8', `${JSON.stringify(body, null, '\t')}\n`);
}

/** 303: the next request is a GET of a path of this server. */
export function seeOther(path: string): Reply {
	// One leading slash only, so that a form field cannot send people to another host.
	const safe = /^\/(?![/\\])/.test(path) ? path : '/';
	return reply(303, 'text/plain; charset=utf-8', '', { location: safe });
}
