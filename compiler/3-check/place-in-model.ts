import type { Span } from '../source/span.ts';
import { allNetworks, type Model } from './model.ts';

/**
 * Where in its spec a part of a model stands: a field `faces.class`, a layer or what is kept for one
 * (`adam/G/dense/kernel/m`), a network `G`. Null when the spec has no such part.
 */
export function placeInModel(model: Model, part: string): Span | null {
  for (const { name, fields } of model.datasets) {
    const field = fields.find((one) => `${name}.${one.name}` === part);
    if (field) return field.span;
  }
  const networks = allNetworks(model);
  const layers = [...networks.map(({ graph }) => graph), model.training?.graph ?? []].flat();
  const paths = layers.flatMap(({ op, span }) => (op.kind === 'layer' ? [{ path: op.path, span }] : []));
  const around = paths.filter(({ path }) => path !== '' && `/${part}/`.includes(`/${path}/`));
  const closest = around.sort((a, b) => b.path.length - a.path.length)[0];
  if (closest) return closest.span;
  const network = networks.find(({ name }) => `/${part}/`.includes(`/${name}/`));
  return network ? network.span : null;
}
