import { library } from '#/library/collection.ts';
import { llmsText } from '#/web/take-away/llms.ts';

export async function GET(): Promise<Response> {
	return new Response(llmsText(await library(), false), {
		headers: { 'Content-Type': 'text/plain; charset=utf-8' },
	});
}
