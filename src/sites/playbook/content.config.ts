import { collectionsFor } from '#/library/collections.ts';

export const collections = collectionsFor('staff');
