import type { Problem } from '#/problem.ts';
import type { AudienceNames } from '#/delivery/audience.ts';
import type { Listing } from '#/delivery/choice.ts';
import type { Ledger } from '#/delivery/ledger.ts';
import type { Payload } from '#/delivery/message.ts';
import type { Provider } from '#/delivery/provider.ts';
import type { Planned } from '#/delivery/schedule.ts';
import type { Site } from '#/delivery/site.ts';

/** What the guards judge by: nothing here is asked of anybody again. */
export interface GuardFacts {
	/** Short name of the newsletter at the provider. */
	site: string;
	/** `017`; a correction is `017c1`, and exempt from the week. */
	issue: string;
	/** What would be sent; its hash is worked out here, from these bytes. */
	payload: Payload;
	/** 64 hex digits: what mail and page share. */
	contentHash: string;
	planned: Planned;
	/** Version of this machine's zone database: `process.versions.tz`. */
	tz: string;
	undoMinutes: number;
	/** What the lint found in the message. */
	problems: readonly Problem[];
	/** What the settings call segment and topic; the payload holds their ids. */
	audience: AudienceNames;
	/** Readers at most. */
	audienceCap: number;
	/** The day a person saw the headers of a canary. */
	headersSeen: string | undefined;
	/** Every broadcast of the account, and the provider's clock. */
	listing: Listing;
	/** Every receipt: `Ledger.list()`. */
	receipts: Awaited<ReturnType<Ledger['list']>>;
	/** Absolute addresses on the public site, as readers know them. */
	page: { issue: string; feed: string };
	/** What a person typed. */
	typed: Typed;
}

/** What a person typed to approve, or to go on in spite of a guard. */
export interface Typed {
	/** `--approve`: the 12 hex digits that were approved. */
	approve?: string | undefined;
	/** `--late`: the planned day, `2026-11-24`. */
	late?: string | undefined;
	/** `--audience`: the exact number of readers. */
	audience?: number | undefined;
	/** `--health-ok` */
	isHealthOk?: boolean | undefined;
	/** `--links-ok`: outside links are not asked. */
	isLinksOk?: boolean | undefined;
}

export interface GuardPorts {
	provider: Provider;
	/** Undefined where no public site is served; only the sandbox may go on without one. */
	site: Site | undefined;
	/** True where no mail can leave this machine. */
	isSandbox: boolean;
	/** The machine's clock, which is compared with the provider's and used for nothing else. */
	now(): Date;
	/** Milliseconds to wait at most for the page to be deployed; 0 looks once. */
	waitPageMs: number;
	wait(milliseconds: number): Promise<void>;
	/** Says what is happening, as it happens. */
	tell(step: string, text: string): void;
}
