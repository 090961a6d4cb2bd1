import { control, stampOf } from './stage.ts';
import type { Stage } from './stage.ts';
import { formOf, openClient, quantile, tally, together } from './client.ts';
import type { Finding } from './finding.ts';

/** Sign-ups of new people, as fast as so many connections can, each after the answer of the last. */
export async function load(
	stage: Stage,
	{ connections, seconds }: { connections: number; seconds: number },
): Promise<Finding[]> {
	const client = openClient(stage.server, connections);
	const stamp = await stampOf(stage);
	const before = { mails: await mailCount(stage), rss: stage.rss() };
	const times: number[] = [];
	const statuses: number[] = [];
	const started = performance.now();
	function* people(): Generator<number> {
		for (let n = 0; performance.now() - started < seconds * 1000; n += 1) yield n;
	}
	await together(people(), connections, async (n) => {
		const email = `load${connections}-${n}@d${n % 5_000}.example.com`;
		const { status, ms } = await client.ask(
			'/subscribe',
			formOf({ email, stamp }, `10.${n & 255}.${(n >> 8) & 255}.1`),
		);
		times.push(ms);
		statuses.push(status);
	});
	const took = (performance.now() - started) / 1000;
	client.close();
	const mails = (await mailCount(stage)) - before.mails;
	const taken = statuses.filter((status) => status === 200).length;
	return [
		{
			isGood: taken === statuses.length && mails === taken,
			text: `${connections} connections, ${took.toFixed(0)} s: ${(taken / took).toFixed(0)} sign-ups/s (${tally(statuses)}), p50 ${quantile(times, 0.5).toFixed(0)} ms, p99 ${quantile(times, 0.99).toFixed(0)} ms, longest ${quantile(times, 1).toFixed(0)} ms; ${mails} mails; server ${before.rss.toFixed(0)} MB before, ${stage.rss().toFixed(0)} MB after`,
		},
	];
}

async function mailCount(stage: Stage): Promise<number> {
	return (await control<{ mails: number }>(stage, '')).mails;
}
