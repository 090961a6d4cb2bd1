/** Reads the content as any reading ahead does, and goes on to write the twins of the pages. */
import { leave } from '#/library/handover.ts';
import { bodies, library } from '#/library/shelf-thread.ts';
import { answer } from '#/library/thread.ts';
import { twinsOf } from './twins.ts';

leave('bodies', bodies);
answer('twins', await twinsOf(library));
