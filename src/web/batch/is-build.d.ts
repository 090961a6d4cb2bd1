/**
 * True in a build, false while somebody writes: `integrations/batches.ts` sets it.
 */
declare const IS_BUILD: boolean;
