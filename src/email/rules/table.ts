/** All rules of the mail, by number. */
import { documentRules } from './document.ts';
import { linkRules } from './links.ts';
import { markupRules } from './markup.ts';
import { messageRules } from './message.ts';
import { outlookRules } from './outlook.ts';
import { pictureRules } from './pictures.ts';
import type { Rule } from './rule.ts';
import { sizeRules } from './size.ts';
import { structureRules } from './structure.ts';
import { styleRules } from './style.ts';
import { tableRules } from './tables.ts';
import { textRules } from './text.ts';
import { typeRules } from './type.ts';

export const mailRules: readonly Rule[] = [
	...documentRules,
	...markupRules,
	...sizeRules,
	...styleRules,
	...typeRules,
	...linkRules,
	...structureRules,
	...tableRules,
	...pictureRules,
	...outlookRules,
	...textRules,
	...messageRules,
].toSorted((a, b) => a.number - b.number);
