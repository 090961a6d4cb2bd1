import type { Problem } from '#/problem.ts';
import type { BuiltPage } from './pages.ts';

/**
 * Finds filters that Pagefind would misread. In `stage:retention, type:tip` everything after the
 * first colon is one value, so both filters would find nothing, and nobody would be told.
 */
export function checkFilters({ file, body }: BuiltPage): Problem[] {
	return [
		...body.matchAll(/\sdata-pagefind-filter=(?:"(?<quoted>[^"]*)"|(?<bare>[^\s>]+))/g),
	].flatMap(({ groups }) => {
		const text = groups?.['quoted'] ?? groups?.['bare'] ?? '';
		// Before the first inline value a list is fine: `author[data-name], kind:tip`.
		const value = /^[^:]*:(?<value>.*)$/s.exec(text)?.groups?.['value'] ?? '';
		if (!/,\s*[\p{L}\w-]+\s*[:[]/u.test(value)) return [];
		return [
			{
				file,
				rule: 'search/filter',
				level: 'error' as const,
				message: `data-pagefind-filter="${text}" is read as one filter with the value "${value.trim()}".`,
				fix: 'Write one element for each filter.',
			},
		];
	});
}
