import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { cyclic } from './cyclic.ts';
import { exponential } from './exponential.ts';
import { fade } from './fade.ts';
import { halfLife } from './half-life.ts';
import { linear } from './linear.ts';
import { piecewise } from './piecewise.ts';
import type { Schedule } from './schedule.ts';
import { warmup } from './warmup.ts';

/** Every schedule that a spec can use. */
export const schedules: readonly Schedule[] = [
  constant,
  linear,
  cosine,
  exponential,
  piecewise,
  warmup,
  cyclic,
  halfLife,
  fade,
];
