import type * as core from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';

/** TensorFlow.js as its users see it: the core and, beside it, the layers. */
export type Tf = typeof core & Pick<typeof layers, 'layers' | 'sequential' | 'model' | 'input'>;

/** A model written by hand, ready to train. */
export interface ByHand {
  /** Trained weights, of all networks. */
  readonly weights: number;
  /** One training step. */
  step(): void;
}

/** The variables that are trained: the library keeps them to itself, and gives no other way to train by hand. */
export function variablesOf(model: layers.LayersModel): core.Variable[] {
  return model.trainableWeights.map((weight) => (weight as unknown as { val: core.Variable }).val);
}

export function countOf(...models: readonly layers.LayersModel[]): number {
  return models.flatMap(variablesOf).reduce((sum, { size }) => sum + size, 0);
}
