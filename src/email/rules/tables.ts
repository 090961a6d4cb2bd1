/** Tables hold data; only classic Outlook gets one for the layout. */
import { elements, readableText } from './element.ts';
import type { MailElement } from './element.ts';
import { childElements } from './mail.ts';
import type { Mail } from './mail.ts';
import { excerpt, found } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const tableRules: readonly Rule[] = [
	{
		id: 'mail/18-data-tables',
		number: 18,
		severity: 'B',
		title:
			'A data table names its columns and rows, is no presentation, and has at most four columns.',
		fix: 'Give it th with scope, or write it as a list.',
		check: checkDataTables,
	},
	{
		id: 'mail/19-layout-tables',
		number: 19,
		severity: 'B',
		title: 'Layout tables are for classic Outlook only, and say that they are presentation.',
		fix: 'Use div, and keep tables in <!--[if mso]> with role="presentation".',
		check: checkLayoutTables,
	},
];

function checkDataTables({ body }: Mail): Finding[] {
	return elements(body, 'table')
		.filter(holdsData)
		.flatMap((table) => {
			const name = excerpt(readableText(table));
			const [head, ...rows] = elements(table, 'tr').map((row) => childElements(row));
			const cells = [head ?? [], ...rows];
			const filled = (row: MailElement[]): MailElement[] =>
				row.filter((cell) => readableText(cell) !== '');
			const columns = Math.max(...cells.map((row) => row.length));
			return [
				...found(isPresentation(table), `The data table "${name}" is marked as presentation.`),
				...found(
					filled(head ?? []).some((cell) => !isHeader(cell, 'col')),
					`A column of the table "${name}" has no th with scope="col".`,
				),
				...found(
					rows.some(
						([first]) =>
							first !== undefined && readableText(first) !== '' && !isHeader(first, 'row'),
					),
					`A row of the table "${name}" has no th with scope="row".`,
				),
				...found(columns > 4, `The table "${name}" has ${columns} columns, at most 4.`),
			];
		});
}

function checkLayoutTables({ body, outlook }: Mail): Finding[] {
	const here = elements(body, 'table');
	const data = here.filter(holdsData).length;
	const layout = elements(outlook, 'table').filter((table) => !holdsData(table));
	return [
		...found(
			data < here.length,
			'A table without headers stands outside the comments for classic Outlook.',
		),
		...layout
			.filter((table) => !isPresentation(table))
			.flatMap(() =>
				found(data === here.length, 'A layout table does not say role="presentation".'),
			),
	];
}

/** A table with header cells of its own, not of a table inside it. */
function holdsData(table: MailElement): boolean {
	return elements(table, 'th').some((cell) => {
		let around = cell.parent;
		while (around && around.tag !== 'table') around = around.parent;
		return around === table;
	});
}

function isPresentation({ attributes }: MailElement): boolean {
	return /^(?:presentation|none)$/.test(attributes.get('role') ?? '');
}

function isHeader({ tag, attributes }: MailElement, scope: 'col' | 'row'): boolean {
	return tag === 'th' && attributes.get('scope') === scope;
}
