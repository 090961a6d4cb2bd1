import { stemOf } from './stem.ts';

/**
 * Words that people who sell and market use for one another, whatever the firm. A firm's own words
 * for a thing are the `aliases` of its glossary, which count in the same way.
 * Each line is a circle: any word in it also finds the others, at less than its own weight.
 */
const circles = [
	'ad advert advertisement advertising',
	'agree agreement rule',
	'answer reply respond response',
	'argue argument conflict disagree quarrel row dispute fight',
	'bad poor rubbish useless weak terrible awful',
	'blame fault',
	'boss manager leader leadership head chief director',
	'brief briefing briefed tell told inform informed',
	'bonus reward pay commission incentive',
	'budget money spend spending cost',
	'buyer client customer',
	'call phone ring telephone rang',
	'clash conflict contradict',
	'client customer buyer account',
	'colleague coworker teammate',
	'company firm business organisation',
	'complain complaint complaints',
	'copy duplicate double doubled twice',
	'deal order',
	'deck presentation slides brochure material collateral content',
	'define definition meaning mean',
	'department team silo division function',
	'discount promo promotion offer deal',
	'email mail newsletter letter',
	'enquiry inquiry lead prospect',
	'fast quick quickly speed soon',
	'feedback review comment',
	'follow chase chasing',
	'forget forgot miss missed',
	'goal target objective quota okr',
	'handover handoff pass transfer',
	'interview ask question questions',
	'kpi metric number measure measured figure',
	'launch live start kickoff begin',
	'lose lost loss losing',
	'meeting standup session',
	'merge combine join joined',
	'message pitch promise slogan tagline story claim',
	'newcomer newbie starter hire recruit joiner onboarding induction',
	'nobody noone',
	'objection doubt',
	'own owner responsible accountable',
	'plan planning roadmap',
	'price cost dear expensive',
	'promise overpromise',
	'qualified ready qualify',
	'quarter quarterly',
	'refuse reject return decline',
	'rep reps seller salesperson salespeople salesman salesmen sdr',
	'report dashboard reporting scoreboard',
	'result outcome revenue',
	'revenue income turnover',
	'review retrospective retro debrief lessons',
	'solo alone freelancer myself self',
	'team teams group',
	'teach train training workshop course coach coaching',
	'test try trial experiment',
	'trust believe',
	'website site web page',
	'year annual yearly',
].map((circle) => circle.split(' ').map(stemOf));

/** The stems that a circle puts beside a stem, from the list above and from circles of one's own. */
export function kinOf(stem: string, own: readonly (readonly string[])[]): Set<string> {
	const kin = new Set<string>();
	for (const circle of [...circles, ...own]) {
		if (circle.includes(stem)) for (const other of circle) kin.add(other);
	}
	kin.delete(stem);
	return kin;
}
