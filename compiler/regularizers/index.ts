import { consistency } from './consistency.ts';
import { dragan } from './dragan.ts';
import { gradient } from './gradient.ts';
import { gradientPenalty } from './gradient-penalty.ts';
import { orthogonalPenalty } from './orthogonal-penalty.ts';
import { pathLength } from './path-length.ts';
import type { Penalty } from './penalty.ts';
import { r1 } from './r1.ts';
import { r2 } from './r2.ts';
import { spectralPenalty } from './spectral-penalty.ts';
import { weightPenalty } from './weight-penalty.ts';
import { zeroCentred } from './zero-centred.ts';

/** Every penalty that a loss can use. */
export const penalties: readonly Penalty[] = [
  gradientPenalty,
  dragan,
  r1,
  r2,
  zeroCentred,
  consistency,
  pathLength,
  weightPenalty,
  orthogonalPenalty,
  spectralPenalty,
  gradient,
];
