import { connect } from 'node:net';
import type { Finding } from './finding.ts';
import type { Stage } from './stage.ts';

/**
 * Bodies of 200 MB to every endpoint that takes one: with their length and in pieces, by a client that
 * reads what it is told, and by one that writes on.
 */
export async function largeBodies(stage: Stage): Promise<Finding[]> {
	const findings: Finding[] = [];
	for (const path of [
		'/subscribe',
		'/confirm',
		'/preferences',
		'/unsubscribe?t=x',
		'/webhook/resend',
	]) {
		for (const isChunked of [false, true]) {
			for (const isDeaf of [false, true]) {
				const before = stage.rss();
				let highest = before;
				const watch = setInterval(() => {
					highest = Math.max(highest, stage.rss());
				}, 20);
				const { answer, sentMb } = await send(stage.server, path, isChunked, isDeaf);
				clearInterval(watch);
				// A deaf client may find its connection reset before it looks; the memory still counts.
				const isAnswered = answer.startsWith('HTTP/1.1 413') || (isDeaf && answer === '');
				findings.push({
					isGood: isAnswered && highest - before < 64,
					text: `200 MB ${isChunked ? 'in pieces' : 'with its length'}${isDeaf ? ', writing on' : ''} to ${path}: ${answer === '' ? 'cut off' : answer.slice(9, 12)} after ${sentMb.toFixed(1)} MB, memory +${(highest - before).toFixed(1)} MB`,
				});
			}
		}
	}
	return findings;
}

function send(
	server: string,
	path: string,
	isChunked: boolean,
	isDeaf: boolean,
): Promise<{ answer: string; sentMb: number }> {
	const chunk = Buffer.alloc(64 * 1024, 'a');
	const pieces = Math.ceil(200_000_000 / chunk.length);
	return new Promise((resolve) => {
		const { hostname, port } = new URL(server);
		const socket = connect(Number(port), hostname);
		let answer = '';
		let sent = 0;
		const done = (): void => {
			clearTimeout(timer);
			socket.destroy();
			resolve({ answer, sentMb: (sent * chunk.length) / 1_000_000 });
		};
		const timer = setTimeout(done, 30_000);
		const more = (): void => {
			if (socket.destroyed) return;
			if (sent >= pieces || (!isDeaf && answer !== '')) {
				if (answer !== '') done();
				return;
			}
			sent += 1;
			if (isChunked) socket.write(`${chunk.length.toString(16)}\r\n`);
			socket.write(chunk, () => setImmediate(more));
			if (isChunked) socket.write('\r\n');
		};
		socket.on('data', (data) => {
			answer += data.toString('latin1');
		});
		socket.on('error', () => {});
		socket.once('close', done);
		socket.write(
			`POST ${path} HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n${isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${pieces * chunk.length}`}\r\n\r\n`,
		);
		more();
	});
}
