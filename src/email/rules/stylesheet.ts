/** A style sheet as blocks, read strictly: what a mail program could stumble over shows as a fault. */

/** Reads the text of a `<style>` element. */
export function parseSheet(css: string): Sheet {
	const source = css.replace(/\/\*[\s\S]*?\*\//g, '');
	const blocks: Block[] = [];
	const faults: string[] = [];
	const open: Block[] = [];
	for (const [, text = '', mark = ''] of source.matchAll(/([^{};]*)([{};]|$)/g)) {
		const part = text.trim();
		const holder = open.at(-1);
		if (mark === '{') {
			const block: Block = { prelude: part, declarations: [], blocks: [] };
			(holder?.blocks ?? blocks).push(block);
			open.push(block);
			continue;
		}
		if (part !== '') {
			if (holder) holder.declarations.push(declaration(part));
			else faults.push(part);
		}
		if (mark === '}' && !open.pop()) faults.push('}');
	}
	return { blocks, faults: [...faults, ...open.map(({ prelude }) => `${prelude} {`)] };
}

/** The declarations of a `style` attribute, in their order. */
export function declarationsOf(style: string | undefined): Declaration[] {
	return (style ?? '')
		.split(/;(?![^(]*\))/)
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.map(declaration);
}

function declaration(text: string): Declaration {
	const colon = text.indexOf(':');
	if (colon < 0) return { name: text.toLowerCase(), value: '', isImportant: false };
	const value = text.slice(colon + 1).trim();
	return {
		name: text.slice(0, colon).trim().toLowerCase(),
		value: value.replace(/\s*!important$/i, ''),
		isImportant: /!important$/i.test(value),
	};
}

export interface Sheet {
	blocks: Block[];
	/** What stands outside every block, and blocks that are never closed. */
	faults: string[];
}

export interface Block {
	/** Selector or at-rule. */
	prelude: string;
	declarations: Declaration[];
	blocks: Block[];
}

export interface Declaration {
	/** Lower case. */
	name: string;
	value: string;
	isImportant: boolean;
}
