import { activations } from './activations.ts';
import { batchNormalization } from './batch-normalization.ts';
import { convolutions } from './convolutions.ts';
import { dense } from './dense.ts';
import { inert } from './inert.ts';
import type { KerasClass } from './keras-class.ts';
import { merges } from './merges.ts';
import { pooling } from './pooling.ts';
import { shapes } from './shapes.ts';

/** Every class of layers that a model may be made of, by its name in the file. */
export const kerasClasses: ReadonlyMap<string, KerasClass> = new Map(
  [
    ...convolutions,
    dense,
    batchNormalization,
    ...activations,
    ...pooling,
    ...shapes,
    ...merges,
    ...inert,
  ].flatMap((definition) => definition.names.map((name) => [name, definition] as const)),
);
