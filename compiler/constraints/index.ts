import type { Constraint } from './constraint.ts';
import { equalized } from './equalized.ts';
import { spectralNorm } from './spectral-norm.ts';
import { standardized } from './standardized.ts';

/** Every way to hold a weight that a spec can use. */
export const constraints: readonly Constraint[] = [spectralNorm, equalized, standardized];
