/** Adds what every answer of the endpoints carries. */
export function secure(answer: Response, isHttps: boolean): Response {
	for (const [name, value] of Object.entries(always)) answer.headers.set(name, value);
	for (const [name, value] of Object.entries(unlessSet)) {
		if (!answer.headers.has(name)) answer.headers.set(name, value);
	}
	if (isHttps) answer.headers.set('strict-transport-security', 'max-age=31536000');
	return answer;
}

/** Every feature of a browser that a page might ask for, off. */
export const permissionsPolicy =
	'camera=(), display-capture=(), fullscreen=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=()';

const always = {
	'x-robots-tag': 'noindex',
	'x-content-type-options': 'nosniff',
	// With `no-referrer` Chromium would send `Origin: null` with our own forms.
	'referrer-policy': 'strict-origin',
	'permissions-policy': permissionsPolicy,
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
};

const policy =
	"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** For the one page that has a script. */
export const scriptPolicy = `${policy}; script-src 'self'`;

const unlessSet = { 'cache-control': 'no-store', 'content-security-policy': policy };
