/**
 * One folder on a branch of a git remote, seen from a checkout whose own files, index and branches
 * stay as they are. What is read is always what the remote has at that moment.
 */
import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { GitError } from './git.ts';
import type { GitOptions } from './git.ts';

/**
 * Opens the branch from the checkout a folder lies in, or will lie in once it is made.
 * @throws GitError where there is no checkout. The methods throw one where git or the remote fails
 */
export async function openBranch(
	{ folder, branch, remote }: BranchOptions,
	run: RunGit,
): Promise<Branch> {
	const { top, prefix } = await findCheckout(folder, run);
	const git: Git = (args, options) => run(top, args, options);
	let author: Promise<Record<string, string>> | undefined;

	async function tip(): Promise<Tip> {
		const commit = await fetchTip(git, remote, branch);
		const path = prefix === '' ? [] : [prefix];
		const options = ['-z', '--full-tree', '--end-of-options'];
		const rows = await git(['ls-tree', ...options, commit, ...path]);
		const blobs = new Map(
			textOf(rows)
				.split('\0')
				.flatMap((row): [string, string][] => {
					const match = /^\d+ \w+ ([0-9a-f]+)\t(.+)$/s.exec(row);
					return match?.[1] && match[2] ? [[match[2].slice(prefix.length), match[1]]] : [];
				}),
		);
		return { commit, blobs };
	}

	return {
		prefix,
		tip,
		texts: ({ blobs }, names) =>
			textsOf(
				names.map((name) => blobs.get(name) ?? 'missing'),
				git,
			),
		async commit(on, name, content, message) {
			author ??= identity(git);
			const room = await mkdtemp(join(tmpdir(), 'tandem-index-'));
			try {
				const tree = await treeOf(on.commit, `${prefix}${name}`, content, join(room, 'index'), git);
				const args = ['commit-tree', tree, '-p', on.commit, '-m', message];
				return textOf(await git(args, { variables: await author }));
			} catch (error) {
				throw explained(error, 'the commit could not be made', '');
			} finally {
				await rm(room, { recursive: true, force: true });
			}
		},
		async push(commit) {
			const options = ['--quiet', '--no-verify', '--no-follow-tags', '--recurse-submodules=no'];
			await git(['push', ...options, '--', remote, `${commit}:refs/heads/${branch}`]);
		},
		async hideFromStatus(name) {
			const path = textOf(await git(['rev-parse', '--git-path', 'info/exclude']));
			await addLine(resolve(top, path), `/${escapePattern(`${prefix}${name}`)}`);
		},
	};
}

async function findCheckout(folder: string, run: RunGit): Promise<{ top: string; prefix: string }> {
	const missing: string[] = [];
	let near = folder;
	while (!(await isFolder(near)) && dirname(near) !== near) {
		missing.unshift(`${basename(near)}/`);
		near = dirname(near);
	}
	try {
		const answer = textOf(await run(near, ['rev-parse', '--show-toplevel', '--show-prefix']));
		const [top = '', prefix = ''] = answer.split('\n');
		return { top, prefix: [prefix, ...missing].join('') };
	} catch (error) {
		throw explained(
			error,
			`${folder} is in no checkout of git`,
			'Keep the content in one, or set delivery.ledger to file in settings.yaml',
		);
	}
}

async function isFolder(path: string): Promise<boolean> {
	return stat(path).then(
		(found) => found.isDirectory(),
		() => false,
	);
}

async function fetchTip(git: Git, remote: string, branch: string): Promise<string> {
	// A name of its own: other runs in this checkout fetch at the same time.
	const ref = `refs/tandem/${randomUUID()}`;
	try {
		const kept = ['--no-prune', '--no-write-fetch-head', '--refmap='];
		const options = ['--quiet', '--no-tags', '--no-recurse-submodules', ...kept];
		await git(['fetch', ...options, '--', remote, `+refs/heads/${branch}:${ref}`]);
		return textOf(await git(['rev-parse', '--verify', `${ref}^{commit}`]));
	} catch (error) {
		throw explained(
			error,
			`${remote}/${branch} could not be fetched`,
			`Check the network, the rights to ${remote} and its address, and that it has the branch: "git push ${remote} HEAD:refs/heads/${branch}" makes one`,
		);
	} finally {
		await git(['update-ref', '-d', ref]).catch(() => undefined);
	}
}

/** The contents of blobs, in one run of git. */
async function textsOf(ids: readonly string[], git: Git): Promise<string[]> {
	if (ids.length === 0) return [];
	const answer = await git(['cat-file', '--batch'], { input: `${ids.join('\n')}\n` });
	const texts: string[] = [];
	let at = 0;
	while (texts.length < ids.length) {
		const end = answer.indexOf('\n', at);
		const head = answer.subarray(at, Math.max(end, at)).toString();
		const size = /^[0-9a-f]+ \w+ (\d+)$/.exec(head)?.[1];
		if (size === undefined) throw new GitError(`git could not show a file: ${head}`);
		texts.push(answer.subarray(end + 1, end + 1 + Number(size)).toString());
		at = end + 2 + Number(size);
	}
	return texts;
}

/** The tree of a commit with one file more, made in an index of its own. */
async function treeOf(
	commit: string,
	path: string,
	content: string,
	index: string,
	git: Git,
): Promise<string> {
	const variables = { GIT_INDEX_FILE: index };
	const blob = await git(['hash-object', '-w', '--no-filters', '--stdin'], { input: content });
	await git(['read-tree', commit], { variables });
	const entry = `100644,${textOf(blob)},${path}`;
	await git(['update-index', '--add', '--cacheinfo', entry], { variables });
	// What else is in the tree may not be here: a CI's clone can be without it.
	return textOf(await git(['write-tree', '--missing-ok'], { variables }));
}

/** Who the commit is by: the person git knows here, else the newsletter's own name. */
async function identity(git: Git): Promise<Record<string, string>> {
	try {
		for (const who of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
			await git(['-c', 'user.useConfigOnly=true', 'var', who]);
		}
		return {};
	} catch {
		return {
			GIT_AUTHOR_NAME: bot.name,
			GIT_AUTHOR_EMAIL: bot.email,
			GIT_COMMITTER_NAME: bot.name,
			GIT_COMMITTER_EMAIL: bot.email,
		};
	}
}

async function addLine(file: string, line: string): Promise<void> {
	await mkdir(dirname(file), { recursive: true });
	const before = await readFile(file, 'utf8').catch(() => '');
	if (before.split('\n').includes(line)) return;
	await appendFile(file, `${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`);
}

function escapePattern(path: string): string {
	return path.replaceAll(/[\\*?[\] ]/g, String.raw`\$&`);
}

function explained(error: unknown, what: string, hint: string): unknown {
	if (!(error instanceof GitError)) return error;
	const message = [`${what}: ${error.message}`, hint].filter((part) => part !== '').join('. ');
	return new GitError(message, { cause: error });
}

function textOf(output: Buffer): string {
	return output.toString().replace(/\n$/, '');
}

/** Nobody's address: `.invalid` is no domain. */
const bot = { name: 'Newsletter receipts', email: 'receipts@newsletter.invalid' };

export interface BranchOptions {
	/** Absolute path of the folder, which need not be there yet. */
	folder: string;
	branch: string;
	/** Name of the remote. */
	remote: string;
}

/** Runs git in a folder, as `runGit` does. */
export type RunGit = (
	folder: string,
	args: readonly string[],
	options?: GitOptions,
) => Promise<Buffer>;

type Git = (args: readonly string[], options?: GitOptions) => Promise<Buffer>;

export interface Branch {
	/** The folder from the top of the checkout: `content/issues/`, or nothing. */
	prefix: string;
	/** Where the branch stands on the remote now. */
	tip(): Promise<Tip>;
	/** The contents of files of the folder. */
	texts(at: Tip, names: readonly string[]): Promise<string[]>;
	/** Makes a commit on top of a tip that adds a file to the folder, and returns its id. */
	commit(on: Tip, name: string, content: string, message: string): Promise<string>;
	/** Moves the branch forward to a commit. Throws also where git cannot tell whether it moved. */
	push(commit: string): Promise<void>;
	/** Keeps an untracked file out of `git status`, and out of the way of the `git pull` that brings it. */
	hideFromStatus(name: string): Promise<void>;
}

export interface Tip {
	commit: string;
	/** Git's id of each name in the folder. */
	blobs: ReadonlyMap<string, string>;
}
