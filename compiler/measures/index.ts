import { frechetDistance } from './frechet-distance.ts';
import type { Measure } from './measure.ts';
import { modeCoverage } from './mode-coverage.ts';
import { motionDistance } from './motion-distance.ts';
import { msSsim } from './ms-ssim.ts';
import { pairwiseDistance } from './pairwise-distance.ts';

/** Every measure that an `evaluate` block can name. */
export const measures: readonly Measure[] = [
  modeCoverage,
  frechetDistance,
  pairwiseDistance,
  msSsim,
  motionDistance,
];
