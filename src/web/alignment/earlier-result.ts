import type { Shown } from '#/alignment/disclosure.ts';
import { readResult } from '#/alignment/result.ts';
import { readFragment } from '#/alignment/round.ts';
import { keysOf } from '#/alignment/question-set.ts';
import type { QuestionSet } from '#/alignment/question-set.ts';
import type { Round } from '#/alignment/round.ts';
import { readWave, shownWave } from '#/alignment/wave.ts';
import type { Wave, WaveOutcome } from '#/alignment/wave.ts';

/**
 * Reads an earlier result, from a saved file's text or from a link to one.
 * @param current - the round on the page, if the result is to stand beside it
 */
export function readEarlier(
	typed: string,
	set: QuestionSet,
	minTeam: number,
	current: Round | undefined,
): WaveOutcome {
	const fragment = typed.includes('#')
		? readFragment(typed.slice(typed.indexOf('#')).trim())
		: undefined;
	if (fragment?.result) {
		const outcome = readResult(fragment.result, set, fragment, { mode: fragment.mode, minTeam });
		// Asked once more as a file is: whether it may stand beside this round.
		return outcome.kind === 'wave' && current
			? readWave(JSON.stringify(outcome.wave), set, { mode: current.mode, minTeam }, current)
			: outcome;
	}
	// Without a round on the page, a result is read under its own rule.
	const own = /"mode"\s*:\s*"open"/.test(typed) ? 'open' : 'closed';
	return readWave(typed, set, { mode: current?.mode ?? own, minTeam }, current);
}

/** A result that is shown by itself. Undefined where the set has other items today. */
export function shownAlone(wave: Wave, set: QuestionSet, minTeam: number): Shown | undefined {
	const isSame = wave.versionKey === keysOf(set).version && wave.items.length === set.items.length;
	return isSame ? shownWave(wave, { mode: wave.mode, minTeam }) : undefined;
}
