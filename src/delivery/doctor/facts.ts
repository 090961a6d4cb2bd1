import type { AudienceNames } from '#/delivery/audience.ts';
import type { Dns } from '#/delivery/dmarc.ts';
import type { Ledger } from '#/delivery/ledger.ts';
import type { Provider } from '#/delivery/provider.ts';
import type { Site } from '#/delivery/site.ts';
import type { Finding } from './finding.ts';

/** What the settings and the machine say. */
export interface DoctorFacts {
	/** Of the sender's address, in lower case. */
	senderDomain: string;
	audience: AudienceNames;
	/** As the settings have them, where they do. */
	ids: { segmentId?: string | undefined; topicId?: string | undefined };
	canarySegment: string;
	ledger: 'file' | 'git';
	headersSeen: string | undefined;
	/** The page to look at. */
	url: string | undefined;
	isSandbox: boolean;
	isCi: boolean;
	/** Versions of Node and of its zone database. */
	machine: { node: string; tz: string };
}

export interface DoctorPorts {
	provider: Provider;
	ledger: Pick<Ledger, 'list'>;
	dns: Dns;
	/** The site an address belongs to. */
	site(url: string): Pick<Site, 'read'>;
}

/** Looks at one thing. It may throw a Stop where it could not look. */
export type Check = (facts: DoctorFacts, ports: DoctorPorts) => Promise<Finding[]>;
