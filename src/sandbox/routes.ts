import { broadcastRoutes } from './broadcasts.ts';
import { contactSegmentRoutes } from './contact-segments.ts';
import { contactTopicRoutes } from './contact-topics.ts';
import { contactRoutes } from './contacts.ts';
import { domainRoutes } from './domains.ts';
import { emailRoutes } from './emails.ts';
import { propertyRoutes } from './properties.ts';
import { recipientRoutes } from './recipients.ts';
import type { Route } from './router.ts';
import { segmentRoutes } from './segments.ts';
import { suppressionRoutes } from './suppressions.ts';
import { topicRoutes } from './topics.ts';
import { usageRoutes } from './usage.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every operation of the API. Fixed paths come before those with parameters in the same place. */
export const routes: readonly Route[] = [
	...emailRoutes,
	...broadcastRoutes,
	...recipientRoutes,
	...contactRoutes,
	...contactSegmentRoutes,
	...contactTopicRoutes,
	...segmentRoutes,
	...topicRoutes,
	...propertyRoutes,
	...suppressionRoutes,
	...domainRoutes,
	...usageRoutes,
	...webhookRoutes,
];

/** Whether an operation exists, so that a fault for a misspelt one can be refused. */
export function isOperation(op: string): boolean {
	return op === '*' || routes.some((route) => route.op === op);
}
