import type { OpenSource } from '../examples.ts';
import { openIdx } from './idx.ts';
import { openMnist } from './mnist.ts';

/** How each source that a spec may name is opened. */
export const openers: ReadonlyMap<string, OpenSource> = new Map<string, OpenSource>([
  ['mnist', openMnist],
  ['idx', openIdx],
]);
