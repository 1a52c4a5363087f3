import type { Constraint } from '../constraints/constraint.ts';
import { constraints } from '../constraints/index.ts';
import type { Distribution } from '../distributions/distribution.ts';
import { distributions } from '../distributions/index.ts';
import { functions } from '../functions/index.ts';
import { layers } from '../layers/index.ts';
import type { Layer } from '../layers/layer.ts';
import { measures } from '../measures/index.ts';
import type { Measure } from '../measures/measure.ts';
import { optimizers } from '../optimizers/index.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { penalties } from '../regularizers/index.ts';
import type { Penalty } from '../regularizers/penalty.ts';
import { schedules } from '../schedules/index.ts';
import type { Schedule } from '../schedules/schedule.ts';
import { sources } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';

/** What a spec can use without declaring it, by name. */
export interface Library {
  /** Layers, and functions such as `mean`, which are written alike. */
  readonly layers: ReadonlyMap<string, Layer>;
  readonly penalties: ReadonlyMap<string, Penalty>;
  readonly optimizers: ReadonlyMap<string, Optimizer>;
  readonly schedules: ReadonlyMap<string, Schedule>;
  readonly distributions: ReadonlyMap<string, Distribution>;
  /** Ways to hold a weight, as `weights:` takes them. */
  readonly constraints: ReadonlyMap<string, Constraint>;
  readonly sources: ReadonlyMap<string, Source>;
  /** What `evaluate` can measure. */
  readonly measures: ReadonlyMap<string, Measure>;
}

export const library: Library = {
  layers: byName([...layers, ...functions]),
  penalties: byName(penalties),
  optimizers: byName(optimizers),
  schedules: byName(schedules),
  distributions: byName(distributions),
  constraints: byName(constraints),
  sources: byName(sources),
  measures: byName(measures),
};

function byName<T extends { readonly name: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((entry) => [entry.name, entry]));
}
