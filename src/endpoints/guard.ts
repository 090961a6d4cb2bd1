/**
 * True for a request that may come from our own pages, for the one form that anybody may send
 * without a token. Other sites could else sign up their visitors.
 * @param publicUrl - our origin
 */
export function isOwnForm(request: Request, publicUrl: string): boolean {
	const site = request.headers.get('sec-fetch-site');
	if (site !== null) return site === 'same-origin' || site === 'none';
	return request.headers.get('origin') === new URL(publicUrl).origin;
}
