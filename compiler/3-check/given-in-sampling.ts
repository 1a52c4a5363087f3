import type { InputOrigin } from '../tensor/program.ts';
import type { GraphNode, GraphOp, Model, Network } from './model.ts';
import { neededFor } from './needed-for.ts';

/**
 * What a port is to be given when its network is sampled is what it is given in training: a latent, data, or a node that is
 * made of them. Where training never fills it, its name or its shape tells. Null where nothing does.
 */
export function givenInSampling(model: Model, network: Network, index: number): InputOrigin | number | null {
  const { name, type } = network.ports[index]!;
  if (type.label !== null) return { kind: 'label', classes: type.label };
  const graph = model.training?.graph ?? [];
  const given = graph.flatMap(({ op, inputs }) =>
    op.kind === 'call' && op.network === network.name ? [inputs[index]!] : [],
  );
  const direct = given.findIndex((node) => originAt(graph, node) !== null);
  const madeOfData = given.findIndex((node) => isMadeOf(graph, node, isPlain));
  if (madeOfData >= 0 && (direct < 0 || madeOfData < direct)) return given[madeOfData]!;
  if (direct >= 0) return originAt(graph, given[direct]!);
  if (model.latents.some((latent) => latent.name === name)) return { kind: 'latent', latent: name };
  const made = given.find((node) => isMadeOf(graph, node, (op) => isPlain(op) || isDrawn(op)));
  if (made !== undefined) return made;
  for (const { name: dataset, fields } of model.datasets) {
    const field = fields.find(
      (one) => one.type.label === null && one.type.shape.join() === type.shape.join(),
    );
    if (field) return { kind: 'data', dataset, field: field.name };
  }
  return null;
}

/** The latent, label or data that a node of training is. */
export function originAt(graph: readonly GraphNode[], node: number): InputOrigin | null {
  const { op, type } = graph[node]!;
  if (op.kind === 'data' && type.label !== null) return { kind: 'label', classes: type.label };
  if (op.kind === 'latent') return { kind: 'latent', latent: op.latent };
  return op.kind === 'data' ? { kind: 'data', dataset: op.dataset, field: op.field } : null;
}

/** Whether a node rests on nothing but such ones, and on something that differs from example to example. */
function isMadeOf(graph: readonly GraphNode[], node: number, isFit: (op: GraphOp) => boolean): boolean {
  const rests = neededFor(graph, node);
  return (
    originAt(graph, node) === null &&
    rests.every((one) => isFit(graph[one]!.op)) &&
    rests.some((one) => originAt(graph, one) !== null)
  );
}

/** Of data, with nothing but layers and numbers: `faces.image -> random_crop(64)`. */
function isPlain(op: GraphOp): boolean {
  switch (op.kind) {
    case 'data':
    case 'number':
    case 'binary':
    case 'negate':
      return true;
    case 'layer':
      return op.schedules.size === 0 && op.layer.result !== 'batch' && !op.layer.joins;
    default:
      return false;
  }
}

/** What a mapping makes of a latent, or an encoder of a picture. */
function isDrawn({ kind }: GraphOp): boolean {
  return kind === 'call' || kind === 'latent' || kind === 'noise';
}
