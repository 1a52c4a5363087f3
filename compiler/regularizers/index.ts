import { gradientPenalty } from './gradient-penalty.ts';
import type { Penalty } from './penalty.ts';
import { r1 } from './r1.ts';
import { r2 } from './r2.ts';

/** Every penalty that a loss can use. */
export const penalties: readonly Penalty[] = [gradientPenalty, r1, r2];
