import { collectionsFor } from '#/library/collection.ts';

export const collections = collectionsFor('public');
