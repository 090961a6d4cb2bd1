/**
 * Reads fields a tenth as long as a parser that remembers places does, where they are written as
 * nearly all are: a key or a dash, then one value on the same line. What two parsers might read in
 * two ways is not read here.
 */
import { FAILSAFE_SCHEMA, Type, load } from 'js-yaml';

/**
 * @param yaml - text without carriage returns
 * @returns what `yaml` gives for it, by YAML 1.2's core schema; undefined where it is to be asked
 */
export function readPlainYaml(yaml: string): unknown {
	if (unusual.test(yaml)) return undefined;
	for (const line of yaml.split('\n')) if (!plainLine.test(line)) return undefined;
	try {
		return load(yaml, { schema: core }) ?? {};
	} catch {
		// The other parser says what is wrong, and where.
		return undefined;
	}
}

// Control characters, and what one of the two takes for a line end or a blank.
// oxlint-disable-next-line no-control-regex
const unusual = /[\0-\t\v-\x1F\x7F-\xA0\u2028\u2029\uFEFF\uD800-\uDFFF]|: *null *(?:\n|$)/i;

const key = String.raw`(?!null:)[A-Za-z][\w-]*:`;
const text = String.raw`[A-Za-z0-9£€$(](?:[^\s:#]|:(?=\S)|(?<=\S)#| +(?![ #]|$))*`;
const quoted = String.raw`"[^"\\]*"|'[^']*'`;
const name = String.raw`[A-Za-z0-9][\w./ -]*`;
const list = String.raw`\[(?:${name}(?:, *${name})*)?\]`;
const value = `(?:${text}|${quoted}|${list})`;
const plainLine = new RegExp(`^(?: *(?:- )*${key}(?: ${value})? *| *(?:- )+${value} *)?$`);

function scalar(tag: string, pattern: RegExp, construct: (text: string) => unknown): Type {
	return new Type(`tag:yaml.org,2002:${tag}`, {
		kind: 'scalar',
		resolve: (found: string | null) => pattern.test(found ?? ''),
		construct: (found: string | null) => construct(found ?? ''),
	});
}

// As section 10.3.2 of YAML 1.2.2 has it. The library's own core schema reads "1_000" as a number.
const core = FAILSAFE_SCHEMA.extend({
	implicit: [
		scalar('null', /^(?:null|Null|NULL|~|)$/, () => null),
		scalar('bool', /^(?:true|True|TRUE|false|False|FALSE)$/, (found) => /^t/i.test(found)),
		scalar('int', /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/, Number),
		scalar('float', /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/, Number),
	],
});
