import { functions } from '../../compiler/functions/index.ts';
import { layers } from '../../compiler/layers/index.ts';
import type { Layer, LayerExample } from '../../compiler/layers/layer.ts';

/** A use that a layer or function itself gives as an example: a new one is tested by its own file. */
export interface Use {
  readonly layer: Layer;
  readonly example: LayerExample;
}

export const allExamples: readonly Use[] = [...layers, ...functions].flatMap((layer) =>
  layer.examples.map((example) => ({ layer, example })),
);

/** Functions are not written as layers of a network. */
export const layerExamples = allExamples.filter(({ layer }) => layers.includes(layer));

/** stop_gradient says of itself that it is constant; finite differences know better. */
export function hasDifferences({ name }: Layer): boolean {
  return name !== 'stop_gradient';
}
