/** What the made-up entries of the benchmarks are put together from. */

export const verbs = [
	'Call', 'Write', 'Price', 'Share', 'Plan', 'Name', 'Check', 'Trace', 'Count', 'Read', 'Sort',
	'Move', 'Answer', 'Brief', 'Test', 'Ask', 'Close', 'Open', 'Swap', 'Merge', 'Drop', 'Keep',
	'Book', 'Draft', 'Rank',
] as const;

export const objects = [
	'the open lead', 'the promo card', 'the first reply', 'the sales deck', 'the landing page',
	'the weekly list', 'the lost deal', 'the phone script', 'the buyer story', 'the price sheet',
	'the campaign plan', 'the shared number', 'the front desk', 'the follow-up mail',
	'the home page', 'the quarter goal', 'the call notes', 'the reply time', 'the win review',
	'the service promise', 'the local advert', 'the spring offer', 'the repeat buyer',
	'the trade show list', 'the customer line', 'the hand-over', 'the joint meeting',
	'the old brochure', 'the question list', 'the next step', 'the owner list', 'the warm enquiry',
	'the missed call', 'the second visit', 'the budget split', 'the test letter', 'the review page',
	'the message map', 'the team board', 'the new hire',
] as const;

export const moments = [
	'before noon', 'each Friday', 'in one page', 'with a rep', 'by name', 'out loud', 'on the day',
	'after a call', 'as one team', 'in ten lines', 'at the start', 'this month', 'in plain words',
	'with a date', 'for a week', 'at the desk', 'by phone', 'on paper', 'in turn', 'at the close',
] as const;

export const sentences = [
	'You can {verb} {object} in less time than it takes to argue about it.',
	'Most weeks nobody looks at {object} until a customer asks.',
	'Put {object} beside {other} and read both aloud.',
	'When {object} is late, the other team hears of it first.',
	'Ask one person to {verb} {object} and one to watch.',
	'Small repairs to {object} add up over a quarter.',
	'A rep and a marketer can {verb} {object} together in half an hour.',
	'Keep {object} short enough to fit on one page.',
	'If {object} has no owner, nobody will {verb} it.',
	'Buyers notice {object} long before they notice {other}.',
	'Write down who will {verb} {object}, and by when.',
	'The best proof is a customer who can repeat {object} from memory.',
	'Start with {object}, since it is the part you can change today.',
	'Both teams should see {object} on the same screen.',
	'Do not {verb} {object} twice in the same week.',
	'Tell the front desk what happened with {object}.',
	'One honest line about {object} helps more than ten slides.',
	'Look at {object} again after a month, and drop what did not help.',
	'Leave {other} alone until {object} works.',
	'The person who answers the phone should know {object} by heart.',
] as const;
