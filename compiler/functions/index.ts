import type { Layer } from '../layers/layer.ts';
import { abs } from './abs.ts';
import { batchMean } from './batch-mean.ts';
import { clip } from './clip.ts';
import { crossEntropy } from './cross-entropy.ts';
import { exampleMean } from './example-mean.ts';
import { exampleNorm } from './example-norm.ts';
import { exp } from './exp.ts';
import { floor } from './floor.ts';
import { log } from './log.ts';
import { maximum } from './maximum.ts';
import { mean } from './mean.ts';
import { minimum } from './minimum.ts';
import { pack } from './pack.ts';
import { pool } from './pool.ts';
import { shuffle } from './shuffle.ts';
import { sign } from './sign.ts';
import { sqrt } from './sqrt.ts';
import { square } from './square.ts';
import { stopGradient } from './stop-gradient.ts';
import { sum } from './sum.ts';
import { topK } from './top-k.ts';
import { total } from './total.ts';

/** Functions for losses; they are defined as layers are, and used as those without weights are. */
export const functions: readonly Layer[] = [
  mean,
  sum,
  total,
  exampleMean,
  exampleNorm,
  batchMean,
  crossEntropy,
  topK,
  square,
  abs,
  sqrt,
  exp,
  log,
  clip,
  maximum,
  minimum,
  shuffle,
  pack,
  pool,
  sign,
  floor,
  stopGradient,
];
