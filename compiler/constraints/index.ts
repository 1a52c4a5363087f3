import type { Constraint } from './constraint.ts';
import { spectralNorm } from './spectral-norm.ts';

/** Every way to hold a weight that a spec can use. */
export const constraints: readonly Constraint[] = [spectralNorm];
