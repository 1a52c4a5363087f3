import { adam } from './adam.ts';
import type { Optimizer } from './optimizer.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

/** Every optimizer that a spec can use. */
export const optimizers: readonly Optimizer[] = [adam, rmsprop, sgd];
