/** Reads the content as any reading ahead does, and goes on to write the twins of the pages. */
import { leave } from '#/library/handover.ts';
import { bodies, library } from '#/library/shelf-thread.ts';
import { answer } from '#/library/thread.ts';
import { freeMemory } from './free-memory.ts';

leave('bodies', bodies);
// Of what was read, the rules needed twice as much as anybody does from here on.
freeMemory();
// The build waits for what is read: what writes the twins is loaded after that.
const { twinsOf } = await import('./twin-texts.ts');
answer('twins', await twinsOf(library));
