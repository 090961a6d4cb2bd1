import { lookSchema } from '#/look.ts';
import type { Look } from '#/look.ts';

/** The style that gives a page the firm's colours; undefined for a firm that keeps the project's. */
export function accentStyle({ accent, accentDark }: Look): string | undefined {
	if (accent === own.accent && accentDark === own.accentDark) return undefined;
	return `--color-accent: light-dark(${accent}, ${accentDark})`;
}

/** The project's own look. */
const own = lookSchema.parse({});
