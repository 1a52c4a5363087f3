import type { ArgumentValue } from '../../arguments/arguments.ts';
import type { Layer } from '../../layers/layer.ts';
import type { Config } from '../config.ts';

/** A class of layers that model files name, and how it is written in layers of ours. */
export interface KerasClass {
  /** As in `class_name`; Keras has had other names for a few. */
  readonly names: readonly string[];
  /**
   * Steps one after the other: the first takes all inputs, each further one what the one before made. None for a
   * layer that does nothing once it is trained. Shapes are without the batch.
   */
  write(config: Config, inputs: readonly (readonly number[])[]): readonly Step[];
}

export type Step =
  | {
      readonly layer: Layer;
      readonly args?: Readonly<Record<string, ArgumentValue>>;
      /** Where each weight of the layer comes from, by its name there. */
      readonly weights?: Readonly<Record<string, WeightOrigin>>;
    }
  /** Arithmetic between the inputs, or with a number. */
  | { readonly operator: '+' | '-' | '*'; readonly number?: number };

export type WeightOrigin =
  /** A tensor of the layer in the file: its name, or the names that it has had. */
  | {
      readonly tensor: string | readonly string[];
      /** Its shape in the file, where it is not that of the weight: the same numbers in the same order. */
      readonly shape?: readonly number[];
    }
  /** Every number of it is this one. */
  | { readonly fill: number };

/** For layers that take one input: what it is like. */
export function only(inputs: readonly (readonly number[])[]): readonly number[] {
  return inputs[0] ?? [];
}
