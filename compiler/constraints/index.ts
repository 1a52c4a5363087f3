import type { Constraint } from './constraint.ts';
import { equalized } from './equalized.ts';
import { spectralNorm } from './spectral-norm.ts';
import { standardized } from './standardized.ts';
import { weightNorm } from './weight-norm.ts';

/** Every way to hold a weight that a spec can use. */
export const constraints: readonly Constraint[] = [spectralNorm, weightNorm, equalized, standardized];
