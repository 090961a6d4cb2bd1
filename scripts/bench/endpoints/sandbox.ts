/** A process of its own: the sandbox with readers and the properties of consent. Tells its parent where it is. */
import { join } from 'node:path';
import { machinePace } from '#/delivery/pace.ts';
import { setUpProperties } from '#/delivery/properties.ts';
import { openResend } from '#/delivery/resend.ts';
import { seedReaders } from '#/sandbox/readers.ts';
import { startSandbox } from '#/sandbox/server.ts';
import { readSettings } from '#/settings.ts';
import { root } from '../../astro.ts';

const sandbox = await startSandbox({
	knobs: { quota: { daily: null, monthly: null, contacts: null } },
});
const ids = seedReaders(sandbox, readSettings(join(root, 'content')).delivery);
await setUpProperties(openResend({ key: 're_full', baseUrl: sandbox.url }, machinePace()));
process.send?.({ url: sandbox.url, segmentId: ids.segmentId, topicId: ids.topicId });
