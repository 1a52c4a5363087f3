import type { Measure } from './measure.ts';
import { modeCoverage } from './mode-coverage.ts';

/** Every measure that an `evaluate` block can name. */
export const measures: readonly Measure[] = [modeCoverage];
