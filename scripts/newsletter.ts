/** The commands that bring an issue to its readers, and look after them. */
import { parseArgs, styleText } from 'node:util';
import { masked } from '#/delivery/masked.ts';
import { Stop, stopKinds } from '#/delivery/stop.ts';
import { environment } from '#/environment.ts';
import { UserError } from '#/user-error.ts';
import { audit } from './newsletter/audit.ts';
import { check } from './newsletter/check.ts';
import type { Command } from './newsletter/command.ts';
import { contacts } from './newsletter/contacts.ts';
import { doctor } from './newsletter/doctor.ts';
import { hold } from './newsletter/hold.ts';
import { list } from './newsletter/list.ts';
import { plan } from './newsletter/plan.ts';
import { preview } from './newsletter/preview.ts';
import { repair } from './newsletter/repair.ts';
import { report as reportIssue } from './newsletter/report.ts';
import { send } from './newsletter/send.ts';
import { setup } from './newsletter/setup.ts';
import { shots } from './newsletter/shots.ts';
import { status } from './newsletter/status.ts';
import { test } from './newsletter/test.ts';
import { verify } from './newsletter/verify.ts';

const help: Command = {
	usage: 'help',
	summary: 'Shows this list.',
	issue: 'none',
	options: {},
	async run(_call, print) {
		print.result(manual());
		return 0;
	},
};

const commands = {
	list,
	check,
	preview,
	plan,
	test,
	send,
	hold,
	status,
	verify,
	report: reportIssue,
	repair,
	doctor,
	setup,
	contacts,
	audit,
	shots,
	help,
} satisfies Record<string, Command>;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
	const print = { result: console.log, progress: console.error };
	const [name = 'help', ...rest] = args.map((arg) => (/^(-h|--help)$/.test(arg) ? 'help' : arg));
	try {
		const command = Object.hasOwn(commands, name)
			? // The line above holds exactly for the keys of the record.
				commands[name as keyof typeof commands]
			: undefined;
		if (!command) {
			throw new UserError(
				`There is no command "${name}".`,
				`There are: ${Object.keys(commands).join(', ')}.`,
			);
		}
		if (rest.includes('help')) {
			print.result(`npm run newsletter -- ${command.usage}\n${command.summary}`);
			return 0;
		}
		const { values, positionals } = parse(command, rest);
		if (command.issue === 'words') {
			const call = { issue: undefined, words: positionals, values, environment: environment() };
			return await command.run(call, print);
		}
		const [issue, ...surplus] = positionals;
		if (surplus.length > 0 || (command.issue === 'none' && issue !== undefined)) {
			throw new UserError(
				`"${surplus[0] ?? issue}" is too much.`,
				`npm run newsletter -- ${command.usage}`,
			);
		}
		if (command.issue === 'required' && issue === undefined) {
			throw new UserError('Which issue?', `npm run newsletter -- ${command.usage}`);
		}
		if (command.issue === 'file' && issue === undefined) {
			throw new UserError('Which file?', `npm run newsletter -- ${command.usage}`);
		}
		return await command.run(
			{
				issue: command.issue === 'file' ? issue : issueArgument(issue),
				values,
				environment: environment(),
			},
			print,
		);
	} catch (error) {
		// What is typed after `contacts` may be an address, and no error may repeat it.
		return report(
			error,
			name === 'contacts' ? (line) => print.progress(masked(line)) : print.progress,
		);
	}
}

function parse(command: Command, args: string[]) {
	try {
		return parseArgs({ args, options: command.options, allowPositionals: true, strict: true });
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new UserError(message, `npm run newsletter -- ${command.usage}`, { cause: error });
	}
}

/** `5` and `005` are the same issue. */
function issueArgument(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	const match = /^(\d{1,4})(c\d)?$/.exec(text);
	if (!match?.[1]) throw new UserError(`"${text}" is no issue.`, 'Name it by its number: 005.');
	return match[1].padStart(3, '0') + (match[2] ?? '');
}

/** Says what went wrong. Nothing has been sent wherever an error comes up to here. */
function report(error: unknown, say: (line: string) => void): number {
	if (!(error instanceof UserError)) {
		say(error instanceof Error ? (error.stack ?? error.message) : String(error));
		say(
			'This is a fault of the program. Nothing more was done; "npm run newsletter -- status" says how things stand.',
		);
		return 1;
	}
	say(styleText('red', error.message, { stream: process.stderr }));
	if (error.hint) say(error.hint);
	if (error instanceof Stop)
		say(`Code ${error.code}: "When sending stops" in the guide explains it.`);
	if (!/nothing was/i.test(`${error.message} ${error.hint ?? ''}`)) say('Nothing was sent.');
	return error instanceof Stop ? stopKinds[error.kind] : 2;
}

function manual(): string {
	const lines = Object.values(commands).map(({ usage, summary }) => `  ${usage}\n      ${summary}`);
	return [
		'npm run newsletter -- <command>',
		'',
		...lines,
		'',
		'With RESEND_API_KEY set it talks to Resend, without it to the sandbox of "npm start".',
		'Exit codes: 0 done · 2 usage, settings or content · 3 the provider refused · 4 a guard refused ·',
		'5 outcome unknown · 6 a person must decide · 7 mail goes out, but not as recorded · 10 run it again',
	].join('\n');
}
