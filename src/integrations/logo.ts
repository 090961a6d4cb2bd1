import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { hasTransparency, pictureSize } from '#/email/picture-size.ts';
import type { Look } from '#/look.ts';
import { UserError } from '#/user-error.ts';

/** Looks at the logo of mails when a site's build begins: a mail is too late to find out. */
export function logo(look: Look): AstroIntegration {
	return {
		name: 'tandem-logo',
		hooks: {
			'astro:config:done': ({ config }) => {
				if (look.logo) requireGoodLogo(look.logo, fileURLToPath(config.publicDir));
			},
		},
	};
}

/**
 * Refuses a logo that some readers would not see, or see distorted.
 * @param publicDir - absolute path of the folder it lies in
 * @throws UserError saying what is wrong with it
 */
export function requireGoodLogo({ src, width, height }: Logo, publicDir: string): void {
	const refuse = (message: string, hint: string): never => {
		throw new UserError(`settings.yaml look.logo: ${message}`, `${hint} Nothing was built.`);
	};
	let bytes: Buffer;
	try {
		bytes = readFileSync(join(publicDir, src));
	} catch {
		return refuse(`there is no ${src} in public/.`, 'Put it there, or take the logo out.');
	}
	const size = pictureSize(bytes);
	if (!size) return refuse(`${src} is neither a PNG nor a JPEG.`, 'Save it as one of the two.');
	if (hasTransparency(bytes)) {
		refuse(
			`${src} has a transparent ground: dark letters would vanish on a dark screen.`,
			'Save it on a solid ground.',
		);
	}
	if (size.width < width) {
		refuse(
			`${src} is ${size.width} px wide and would be shown at ${width}.`,
			'Save it larger, best twice as wide as shown, or show it smaller.',
		);
	}
	if (size.width > 1136)
		refuse(`${src} is ${size.width} px wide, at most 1136.`, 'Save it smaller.');
	if (bytes.length > 200_000) {
		refuse(`${src} is ${Math.ceil(bytes.length / 1000)} kB, at most 200.`, 'Save it smaller.');
	}
	const fitting = Math.round((size.height * width) / size.width);
	if (Math.abs(fitting - height) > 1) {
		refuse(
			`${src} is ${size.width} by ${size.height} px; ${width} by ${height} would distort it.`,
			`Write height: ${fitting}.`,
		);
	}
}

type Logo = NonNullable<Look['logo']>;
