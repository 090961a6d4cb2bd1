import { encode } from 'uqr';

/**
 * A text as a QR picture: dark on white in every scheme, since cameras expect it so.
 * @param name - what a screen reader calls the picture
 */
export function qrPicture(text: string, name: string): SVGElement {
	const { size, data } = encode(text, { ecc: 'M', border: 3 });
	const dark = data.flatMap((row, y) =>
		row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
	);
	const picture = shape('svg', {
		viewBox: `0 0 ${size} ${size}`,
		role: 'img',
		'aria-label': name,
		class: 'qr',
	});
	picture.append(
		shape('rect', { width: String(size), height: String(size), fill: '#fff' }),
		shape('path', { d: dark.join(''), fill: '#000', 'shape-rendering': 'crispEdges' }),
	);
	return picture;
}

function shape(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
	const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
	for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
	return made;
}
