import { library } from '#/library/collection.ts';

export async function GET(): Promise<Response> {
	const { settings } = await library();
	const lines = [
		'User-agent: *',
		'Allow: /',
		'',
		`Sitemap: ${settings.sites.public}/sitemap-index.xml`,
		'',
	];
	return new Response(lines.join('\n'), {
		headers: { 'Content-Type': 'text/plain; charset=utf-8' },
	});
}
