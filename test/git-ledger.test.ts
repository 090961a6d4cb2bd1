/** The git ledger with the real git program, bare repositories as remotes, and runners that race. */
import { execFileSync, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runGit } from '#/delivery/git.ts';
import { gitLedger } from '#/delivery/git-ledger.ts';
import type { GitLedgerOptions, GitLedgerPorts } from '#/delivery/git-ledger.ts';
import type { Ledger, Written } from '#/delivery/ledger.ts';
import { formatReceipt } from '#/delivery/receipt.ts';
import { sampleReceipt } from '#/delivery/sample.ts';

const stem = '017-no-surprise';
const file = `newsletter/content/issues/${stem}.receipt.json`;

/** Git as a person types it, far from the configuration of whoever runs the test. */
function git(folder: string, ...args: string[]): string {
	return execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], {
		cwd: folder,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			PATH: process.env['PATH'],
			HOME: folder,
			GIT_CONFIG_GLOBAL: '/dev/null',
			GIT_CONFIG_SYSTEM: '/dev/null',
		},
	}).trim();
}

interface Hub {
	/** The bare repository. */
	remote: string;
	branch: string;
	/** A checkout of its own, and a ledger in it. */
	runner(name: string, change?: Partial<Runner['options']>): Runner;
	/** A file of the branch as the remote has it; undefined where there is none. */
	onRemote(path: string): string | undefined;
	/** Puts a commit with this file on the branch. */
	commit(path: string, text: string): void;
	/** Makes a hook of the remote out of shell lines. */
	hook(name: string, ...lines: string[]): Promise<void>;
	/** Subjects of the branch's commits, newest first. */
	log(): string[];
}

interface Runner {
	checkout: string;
	folder: string;
	ledger: Ledger;
	options: GitLedgerOptions;
	/** How often it asked git to do each thing. */
	counts: Map<string, number>;
	/** What it waited for, in milliseconds. */
	waits: number[];
}

/** A remote with one commit, and whoever works with it. */
async function aHub(branch = 'main'): Promise<Hub> {
	const room = await mkdtemp(join(tmpdir(), 'tandem-git-'));
	onTestFinished(() => rm(room, { recursive: true, force: true }));
	const remote = join(room, 'remote.git');
	const desk = join(room, 'desk');
	git(room, 'init', '--quiet', '--bare', '-b', branch, remote);
	git(room, 'clone', '--quiet', remote, desk);
	git(desk, 'checkout', '--quiet', '-B', branch);

	function commit(path: string, text: string): void {
		execFileSync('mkdir', ['-p', join(desk, path, '..')]);
		execFileSync('tee', [join(desk, path)], { input: text, stdio: ['pipe', 'ignore', 'ignore'] });
		git(desk, 'add', path);
		git(desk, 'commit', '--quiet', '-m', `Write ${path}`);
		for (let again = 0; ; again++) {
			try {
				git(desk, 'push', '--quiet', 'origin', `HEAD:${branch}`);
				return;
			} catch (error) {
				if (again === 50) throw error;
				git(desk, 'pull', '--quiet', '--rebase', 'origin', branch);
			}
		}
	}

	commit('README.md', 'One line.\n');
	commit(`newsletter/content/issues/${stem}.mdx`, 'Hello.\n');

	return {
		remote,
		branch,
		commit,
		runner(name, change = {}) {
			const checkout = join(room, name);
			git(room, 'clone', '--quiet', '--branch', branch, remote, checkout);
			const folder = join(checkout, 'newsletter', 'content', 'issues');
			const counts = new Map<string, number>();
			const waits: number[] = [];
			const options = { folder, stem, branch, ...change };
			const ledger = gitLedger(options, counted(counts, waits));
			return { checkout, folder, ledger, options, counts, waits };
		},
		onRemote(path) {
			try {
				return git(remote, 'show', `${branch}:${path}`);
			} catch {
				return undefined;
			}
		},
		async hook(name, ...lines) {
			const path = join(remote, 'hooks', name);
			await writeFile(path, ['#!/bin/sh', ...lines, ''].join('\n'));
			await chmod(path, 0o755);
		},
		log: () => git(remote, 'log', '--format=%s', branch).split('\n'),
	};
}

function counted(counts: Map<string, number>, waits: number[]): GitLedgerPorts {
	return {
		git: (folder, args, options) => {
			const verb = args[0] ?? '';
			counts.set(verb, (counts.get(verb) ?? 0) + 1);
			return runGit(folder, args, options);
		},
		wait: async (milliseconds) => {
			waits.push(milliseconds);
		},
		random: () => 0.5,
	};
}

/** The same, but something happens before every run of git. */
function before(act: (args: readonly string[]) => void): GitLedgerPorts {
	return {
		...counted(new Map(), []),
		git: async (folder, args, options) => {
			act(args);
			return runGit(folder, args, options);
		},
	};
}

function said(readings: Written[]): string[] {
	return readings.map((one) => (one.kind === 'receipt' ? one.receipt.broadcast : one.kind));
}

describe('a receipt in git', () => {
	test('is a commit of one file on top of the branch, by a name of our own where git has none', async () => {
		const hub = await aHub();
		const before = git(hub.remote, 'rev-parse', hub.branch);
		const { ledger } = hub.runner('ci');
		expect(await ledger.read('017', 1)).toEqual({ kind: 'none' });
		expect(await ledger.write(sampleReceipt())).toEqual({
			kind: 'receipt',
			receipt: sampleReceipt(),
			file,
		});
		expect(`${hub.onRemote(file)}\n`).toBe(formatReceipt(sampleReceipt()));
		expect(git(hub.remote, 'rev-parse', `${hub.branch}^`)).toBe(before);
		expect(git(hub.remote, 'diff', '--name-status', `${hub.branch}^`, hub.branch)).toBe(
			`A\t${file}`,
		);
		expect(hub.log()[0]).toBe('Receipt of issue 017, attempt 1');
		expect(await ledger.read('017', 1)).toMatchObject({
			kind: 'receipt',
			receipt: sampleReceipt(),
		});
	});

	test('is by the person whom git knows', async () => {
		const hub = await aHub();
		const { ledger, checkout } = hub.runner('desk-of-bea');
		git(checkout, 'config', 'user.name', 'Bea');
		git(checkout, 'config', 'user.email', 'bea@example.com');
		await ledger.write(sampleReceipt());
		expect(git(hub.remote, 'log', '-1', '--format=%an <%ae>', hub.branch)).toBe(
			'Bea <bea@example.com>',
		);
	});

	test('is written once: the second runner gets what the first one chose, and pushes nothing', async () => {
		const hub = await aHub();
		const [one, two] = [hub.runner('one'), hub.runner('two')];
		await one.ledger.write(sampleReceipt({ broadcast: 'first-one' }));
		expect(await two.ledger.write(sampleReceipt({ broadcast: 'second-one' }))).toMatchObject({
			receipt: { broadcast: 'first-one' },
		});
		expect(two.counts.get('push')).toBeUndefined();
		expect(hub.log()).toHaveLength(3);
	});

	test('of every attempt and issue is listed', async () => {
		const hub = await aHub();
		const { ledger, options } = hub.runner('one');
		await ledger.write(sampleReceipt());
		await ledger.write(sampleReceipt({ attempt: 2 }));
		const other = gitLedger({ ...options, stem: '018-next' }, counted(new Map(), []));
		await other.write(sampleReceipt({ issue: '018', broadcast: 'of-next-week' }));
		hub.commit('newsletter/content/issues/019-torn.receipt.json', '{"v":1,');
		const listed = await hub.runner('two').ledger.list();
		expect(said(listed).toSorted()).toEqual([
			'5f0c0000-0000',
			'5f0c0000-0000',
			'of-next-week',
			'unreadable',
		]);
	});

	test('lies in a checkout’s own top folder too', async () => {
		const hub = await aHub();
		const { checkout } = hub.runner('one');
		const ledger = gitLedger(
			{ folder: checkout, stem, branch: hub.branch },
			counted(new Map(), []),
		);
		expect(await ledger.write(sampleReceipt())).toMatchObject({ file: `${stem}.receipt.json` });
		expect(said(await ledger.list())).toEqual(['5f0c0000-0000']);
		expect(git(checkout, 'status', '--porcelain')).toBe('');
	});

	test('makes its folder where the branch has none', async () => {
		const hub = await aHub();
		const { checkout } = hub.runner('one');
		const folder = join(checkout, 'another place', 'issues');
		const ledger = gitLedger({ folder, stem, branch: hub.branch }, counted(new Map(), []));
		expect(await ledger.read('017', 1)).toEqual({ kind: 'none' });
		expect(await ledger.write(sampleReceipt())).toMatchObject({
			file: `another place/issues/${stem}.receipt.json`,
		});
		expect(git(checkout, 'status', '--porcelain')).toBe('');
	});

	test('goes to a branch that is not main, from a clone as shallow as CI makes', async () => {
		const hub = await aHub('receipts');
		const checkout = join(hub.remote, '..', 'shallow');
		git(hub.remote, 'clone', '--quiet', '--depth=1', `file://${hub.remote}`, checkout);
		const folder = join(checkout, 'newsletter', 'content', 'issues');
		const ledger = gitLedger({ folder, stem, branch: 'receipts' }, counted(new Map(), []));
		// The branch moves on after CI has cloned.
		hub.commit('notes.md', 'News.\n');
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'receipt' });
		expect(hub.log()).toEqual([
			'Receipt of issue 017, attempt 1',
			'Write notes.md',
			`Write newsletter/content/issues/${stem}.mdx`,
			'Write README.md',
		]);
		expect(git(hub.remote, 'fsck', '--strict')).toBe('');
	});

	test('goes to a branch that the checkout is not on', async () => {
		const hub = await aHub();
		git(hub.remote, 'branch', 'receipts', 'main');
		const { ledger, checkout } = hub.runner('one');
		const apart = gitLedger(
			{ folder: join(checkout, 'newsletter', 'content', 'issues'), stem, branch: 'receipts' },
			counted(new Map(), []),
		);
		await apart.write(sampleReceipt());
		expect(git(hub.remote, 'log', '-1', '--format=%s', 'receipts')).toContain('Receipt of issue');
		expect(hub.onRemote(file)).toBeUndefined();
		expect(git(checkout, 'branch', '--show-current')).toBe('main');
		// What the settings name is the ledger; a copy in the checkout is not.
		expect(await ledger.read('017', 1)).toMatchObject({ kind: 'unreadable' });
	});
});

describe('the checkout of a person', () => {
	test('keeps its changes, its index and its branches, and pulls the receipt without a word', async () => {
		const hub = await aHub();
		const { ledger, checkout, folder } = hub.runner('person');
		await writeFile(join(checkout, 'README.md'), 'Edited.\n');
		await writeFile(join(folder, '018-next.mdx'), 'Staged.\n');
		git(checkout, 'add', 'newsletter');
		await writeFile(join(checkout, 'untracked.txt'), 'Mine.\n');
		hub.commit('notes.md', 'News.\n');
		const facts = () => [
			git(checkout, 'status', '--porcelain'),
			git(checkout, 'rev-parse', 'HEAD'),
			git(checkout, 'diff', '--cached'),
			git(checkout, 'diff'),
			git(checkout, 'for-each-ref', 'refs/heads', 'refs/tags', 'refs/tandem'),
			git(checkout, 'stash', 'list'),
		];
		const before = facts();
		await ledger.read('017', 1);
		await ledger.write(sampleReceipt());
		await ledger.list();
		expect(facts()).toEqual(before);
		expect(await readdir(folder)).toContain(`${stem}.receipt.json`);

		git(checkout, 'pull', '--quiet', '--ff-only');
		expect(git(checkout, 'ls-files', file)).toBe(file);
		expect(await readFile(join(checkout, 'README.md'), 'utf8')).toBe('Edited.\n');
	});

	test('runs none of its hooks, and signs nothing', async () => {
		const hub = await aHub();
		const { ledger, checkout } = hub.runner('person');
		for (const name of ['pre-push', 'post-commit', 'reference-transaction', 'pre-commit']) {
			const path = join(checkout, '.git', 'hooks', name);
			await writeFile(path, '#!/bin/sh\nexit 1\n');
			await chmod(path, 0o755);
		}
		git(checkout, 'config', 'commit.gpgSign', 'true');
		git(checkout, 'config', 'gpg.program', '/nowhere/gpg');
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'receipt' });
	});

	test('is found also where an outer git left its own folder in the environment', async () => {
		const hub = await aHub();
		const { ledger } = hub.runner('person');
		process.env['GIT_DIR'] = '/nowhere/.git';
		process.env['GIT_INDEX_FILE'] = '/nowhere/index';
		onTestFinished(() => {
			delete process.env['GIT_DIR'];
			delete process.env['GIT_INDEX_FILE'];
		});
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'receipt' });
	});

	test('with a receipt that was never pushed stops: it may name a broadcast that is out', async () => {
		const hub = await aHub();
		const { ledger, folder } = hub.runner('person');
		await writeFile(join(folder, `${stem}.receipt.json`), formatReceipt(sampleReceipt()));
		expect(await ledger.read('017', 1)).toMatchObject({
			kind: 'unreadable',
			reason: 'it lies in this checkout and not on origin/main. Commit it and push it there',
		});
	});

	test('with another receipt than the remote’s stops', async () => {
		const hub = await aHub();
		const { ledger, folder } = hub.runner('person');
		hub.commit(file, formatReceipt(sampleReceipt({ broadcast: 'first-one' })));
		await writeFile(
			join(folder, `${stem}.receipt.json`),
			formatReceipt(sampleReceipt({ broadcast: 'second-one' })),
		);
		expect(await ledger.read('017', 1)).toMatchObject({ kind: 'unreadable' });
	});

	test('that cannot be written still keeps the receipt', async () => {
		const hub = await aHub();
		const { ledger, checkout } = hub.runner('person');
		await rm(join(checkout, 'newsletter'), { recursive: true });
		await writeFile(join(checkout, 'newsletter'), 'A file in the way.\n');
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'receipt' });
		expect(hub.onRemote(file)).toContain('5f0c0000-0000');
		expect(await readFile(join(checkout, 'newsletter'), 'utf8')).toBe('A file in the way.\n');
	});
});

describe('row 19: the push is rejected', () => {
	test('by an unrelated commit, and again: it is built anew on top of that one', async () => {
		const hub = await aHub();
		const { options } = hub.runner('one');
		let pushes = 0;
		const ledger = gitLedger(
			options,
			before(([verb]) => {
				if (verb === 'push' && pushes++ < 3) hub.commit(`notes-${pushes}.md`, 'News.\n');
			}),
		);
		expect(await ledger.write(sampleReceipt())).toMatchObject({ receipt: sampleReceipt() });
		expect(pushes).toBe(4);
		expect(hub.log().slice(0, 4)).toEqual([
			'Receipt of issue 017, attempt 1',
			'Write notes-3.md',
			'Write notes-2.md',
			'Write notes-1.md',
		]);
	});

	test('by another receipt: that one is taken', async () => {
		const hub = await aHub();
		const rival = hub.runner('rival');
		const { options, folder } = hub.runner('one');
		const waiting: Promise<unknown>[] = [];
		const ports = counted(new Map(), []);
		const ledger = gitLedger(options, {
			...ports,
			git: async (where, args, given) => {
				if (args[0] === 'push' && waiting.length === 0) {
					waiting.push(rival.ledger.write(sampleReceipt({ broadcast: 'first-one' })));
					await waiting[0];
				}
				return runGit(where, args, given);
			},
		});
		expect(await ledger.write(sampleReceipt({ broadcast: 'second-one' }))).toMatchObject({
			receipt: { broadcast: 'first-one' },
		});
		expect(await readFile(join(folder, `${stem}.receipt.json`), 'utf8')).toContain('first-one');
	});

	test('or so it seems, for the reply is lost: reading again finds our own', async () => {
		const hub = await aHub();
		const { ledger, counts } = hub.runner('one');
		// The server dies after it has moved the branch, and before it has said so.
		await hub.hook('reference-transaction', '[ "$1" = committed ] && kill -9 $PPID', 'exit 0');
		expect(await ledger.write(sampleReceipt())).toMatchObject({
			kind: 'receipt',
			receipt: sampleReceipt(),
		});
		expect(counts.get('push')).toBe(1);
		expect(hub.log().filter((subject) => subject.startsWith('Receipt'))).toHaveLength(1);
	});

	test('for the server died before it had moved the branch: it is pushed again', async () => {
		const hub = await aHub();
		const { ledger, counts } = hub.runner('one');
		await hub.hook('pre-receive', '[ -e died ] && exit 0', 'touch died', 'kill -9 $PPID');
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'receipt' });
		expect(counts.get('push')).toBe(2);
	});

	test('by a rule of the remote: it says which, and does not go on for ever', async () => {
		const hub = await aHub();
		const { ledger, counts, waits, folder } = hub.runner('one');
		await hub.hook('pre-receive', 'echo "only the release team may push" >&2', 'exit 1');
		const written = await ledger.write(sampleReceipt());
		expect(written).toMatchObject({
			kind: 'failed',
			reason: expect.stringContaining('only the release team may push'),
		});
		expect(written).toHaveProperty('reason', expect.stringContaining('origin/main'));
		expect(counts.get('push')).toBe(5);
		expect(waits).toEqual([250, 250, 250, 250]);
		expect(await readdir(folder)).toEqual([`${stem}.mdx`]);
		expect(hub.onRemote(file)).toBeUndefined();
	});

	test('by somebody faster, twenty times: it gives up', async () => {
		const hub = await aHub();
		const { options } = hub.runner('one');
		let pushes = 0;
		const ledger = gitLedger(
			options,
			before(([verb]) => {
				if (verb === 'push') hub.commit(`notes-${pushes++}.md`, 'News.\n');
			}),
		);
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'failed' });
		expect(pushes).toBe(20);
	});
});

describe('without the remote', () => {
	test('nothing is known, and nothing is written', async () => {
		const hub = await aHub();
		const { ledger, folder, checkout } = hub.runner('one');
		git(checkout, 'remote', 'set-url', 'origin', join(checkout, 'gone.git'));
		const failed = {
			kind: 'failed',
			file: 'origin/main',
			reason: expect.stringContaining('does not appear to be a git repository'),
		};
		expect(await ledger.read('017', 1)).toMatchObject(failed);
		expect(await ledger.write(sampleReceipt())).toMatchObject(failed);
		expect(await ledger.list()).toMatchObject([failed]);
		expect(await readdir(folder)).toEqual([`${stem}.mdx`]);
	});

	test('a network that fails twice does no harm', async () => {
		const hub = await aHub();
		const { options, checkout } = hub.runner('one');
		git(checkout, 'remote', 'set-url', 'origin', join(checkout, 'gone.git'));
		let fetches = 0;
		const ledger = gitLedger(
			options,
			before(([verb]) => {
				if (verb === 'fetch' && ++fetches === 3) {
					git(checkout, 'remote', 'set-url', 'origin', hub.remote);
				}
			}),
		);
		expect(await ledger.read('017', 1)).toEqual({ kind: 'none' });
	});

	test('a branch that is not there is named, with how to make it', async () => {
		const hub = await aHub();
		const { options } = hub.runner('one');
		const ledger = gitLedger({ ...options, branch: 'recepits' }, counted(new Map(), []));
		expect(await ledger.write(sampleReceipt())).toMatchObject({
			kind: 'failed',
			reason: expect.stringContaining('"git push origin HEAD:refs/heads/recepits" makes one'),
		});
		expect(git(hub.remote, 'branch', '--list')).toBe('* main');
	});

	test('a token in its address is not shown', async () => {
		const hub = await aHub();
		const { ledger, checkout } = hub.runner('one');
		git(checkout, 'remote', 'set-url', 'origin', 'https://bot:s3cret@127.0.0.1:1/x.git');
		const reading = await ledger.read('017', 1);
		expect(reading).toMatchObject({ kind: 'failed' });
		expect(JSON.stringify(reading)).not.toContain('s3cret');
	});

	test('and without a checkout, it says so', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'tandem-bare-'));
		onTestFinished(() => rm(folder, { recursive: true, force: true }));
		const ledger = gitLedger({ folder, stem, branch: 'main' }, counted(new Map(), []));
		expect(await ledger.write(sampleReceipt())).toMatchObject({
			kind: 'failed',
			reason: expect.stringContaining('is in no checkout of git'),
		});
	});
});

describe('a receipt on the remote', () => {
	test.each([
		['that is empty', ''],
		['that is torn', formatReceipt(sampleReceipt()).slice(0, 90)],
		['of another issue', formatReceipt(sampleReceipt({ issue: '018' }))],
		['with marks of a merge', `<<<<<<< HEAD\n${formatReceipt(sampleReceipt())}`],
	])('%s stops everything, and is never replaced', async (_what, text) => {
		const hub = await aHub();
		hub.commit(file, text);
		const { ledger, counts } = hub.runner('one');
		expect(await ledger.read('017', 1)).toMatchObject({ kind: 'unreadable', file });
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'unreadable', file });
		expect(counts.get('push')).toBeUndefined();
		expect(hub.onRemote(file)).toBe(text.trim());
	});

	test('under the title the issue had before stops everything', async () => {
		const hub = await aHub();
		const old = 'newsletter/content/issues/017-old-title.receipt.json';
		hub.commit(old, formatReceipt(sampleReceipt()));
		const { ledger } = hub.runner('one');
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'unreadable', file: old });
	});

	test('that is a folder is none', async () => {
		const hub = await aHub();
		hub.commit(`${file}/x`, '');
		const { ledger } = hub.runner('one');
		expect(await ledger.write(sampleReceipt())).toMatchObject({ kind: 'unreadable' });
	});
});

describe('three runners and a noisy committer', () => {
	// The long run is `TANDEM_LEDGER_RACES=60`.
	const races = Number(process.env['TANDEM_LEDGER_RACES'] ?? 3);

	test(`agree in each of ${races} races`, { timeout: 60_000 + races * 10_000 }, async () => {
		const hub = await aHub();
		const checkouts = ['one', 'two', 'three'].map((name) => hub.runner(name));
		const pushes: number[] = [];
		for (let race = 0; race < races; race++) {
			const issue = String(100 + race);
			const ledgers = checkouts.map(({ options }, index) => {
				const counts = new Map<string, number>();
				const ledger = gitLedger(
					{ ...options, stem: `${issue}-race` },
					{
						...counted(counts, []),
						random: Math.random,
						wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
					},
				);
				return {
					ledger,
					counts,
					receipt: sampleReceipt({ issue, broadcast: `broadcast-${index}` }),
				};
			});
			const noise = noisy(hub.remote);
			const written = await Promise.all(
				ledgers.map(({ ledger, receipt }) => ledger.write(receipt)),
			);
			await noise.stop();
			const [winner, ...others] = said(written);
			expect(winner, JSON.stringify(written)).toMatch(/^broadcast-\d$/);
			expect(others).toEqual([winner, winner]);
			const path = `newsletter/content/issues/${issue}-race.receipt.json`;
			expect(hub.onRemote(path)).toContain(`"${winner}"`);
			expect(
				git(hub.remote, 'log', '--format=%H', hub.branch, '--', path).split('\n'),
			).toHaveLength(1);
			pushes.push(...ledgers.map(({ counts }) => counts.get('push') ?? 0));
		}
		const rejected = pushes.reduce((sum, count) => sum + count, 0) - races;
		// A race in which nobody is ever rejected proves nothing.
		expect(rejected).toBeGreaterThan(0);
		console.log(
			`${races} races: ${rejected} pushes rejected, at most ${Math.max(...pushes)} by one runner`,
		);
	});
});

/** Somebody who commits other things to the same branch, several a second, until told to stop. */
function noisy(remote: string): { stop(): Promise<void> } {
	const script = `
		export GIT_AUTHOR_NAME=Noise GIT_AUTHOR_EMAIL=noise@example.com
		export GIT_COMMITTER_NAME=Noise GIT_COMMITTER_EMAIL=noise@example.com
		while read -r pause; do
			sleep "$pause"
			tip=$(git rev-parse main)
			git update-ref refs/heads/main "$(git commit-tree "$tip^{tree}" -p "$tip" -m Noise)" "$tip"
		done`;
	// A rejected update means that a runner was faster.
	const child = spawn('sh', ['-c', script], { cwd: remote, stdio: ['pipe', 'ignore', 'ignore'] });
	const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
	child.stdin.on('error', () => {});
	// So many and no more: on a slow machine nobody would ever get a word in.
	let left = 8;
	const commit = () => {
		if (left-- > 0) child.stdin.write(`${(Math.random() * 0.15).toFixed(3)}\n`);
	};
	commit();
	const feed = setInterval(commit, 100);
	return {
		stop() {
			clearInterval(feed);
			child.stdin.destroy();
			child.kill('SIGTERM');
			return closed;
		},
	};
}
