import { adabelief } from './adabelief.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { lion } from './lion.ts';
import type { Optimizer } from './optimizer.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

/** Every optimizer that a spec can use. */
export const optimizers: readonly Optimizer[] = [adam, adamw, adabelief, rmsprop, sgd, lion];
