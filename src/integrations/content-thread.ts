/** Reads the content as any reading ahead does, and goes on to write the twins of the pages. */
import { leave } from '#/library/handover.ts';
import { bodies, library } from '#/library/shelf-thread.ts';
import { answer } from '#/library/thread.ts';
import { freeMemory } from './free-memory.ts';
import { twinsOf } from './twins.ts';

leave('bodies', bodies);
// Of what was read, the rules needed twice as much as anybody does from here on.
freeMemory();
answer('twins', await twinsOf(library));
