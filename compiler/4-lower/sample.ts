import type { GraphNode, GraphOp, Model, Network, TensorType } from '../3-check/model.ts';
import * as t from '../tensor/index.ts';
import { drawFrom } from './draw.ts';
import { type Flow, lowerNode, neededFor } from './graph.ts';
import { sampleFlow } from './sample-flow.ts';
import { Scope } from './scope.ts';

/** How many examples a sample program makes where no grid is declared. */
const DEFAULT_COUNT = 64;

/** Numbers that a program of samples makes at most: five pictures of 256 × 256. Larger grids take several runs. */
export const MOST_NUMBERS = 2 ** 20;

/** The networks that can be sampled: generators, and whatever has a `sample` block, where it is known what to give them. */
export function sampledNetworks(model: Model): readonly Network[] {
  const named = new Set(model.samples.map(({ network }) => network));
  return model.networks.filter(
    (network) =>
      (network.role === 'generator' || named.has(network.name)) &&
      network.ports.every((_, index) => givenTo(model, network, index) !== null),
  );
}

/** As many examples as the largest declared grid of the network has places, or as memory is kept for. */
export function sampleCount(model: Model, network: string): number {
  const grids = model.samples.flatMap((sample) =>
    sample.network === network && sample.grid ? [sample.grid] : [],
  );
  const wanted =
    grids.length > 0 ? Math.max(...grids.map(([rows, columns]) => rows * columns)) : DEFAULT_COUNT;
  const { outputs } = model.networks.find(({ name }) => name === network)!;
  const each = Math.max(...outputs.map(({ type }) => t.sizeOf(type.shape)));
  return Math.min(wanted, Math.max(1, Math.floor(MOST_NUMBERS / each)));
}

/** The program that runs a network as it is used: averaged weights, moving statistics, no dropout. */
export function lowerSample(model: Model, network: Network): t.Builder {
  const batch = sampleCount(model, network.name);
  const flow = sampleFlow(`sample.${network.name}`, model, batch, model.training?.graph ?? []);
  const { builder } = flow.scope;
  const inputs = network.ports.map(({ name, type }, index) => {
    const given = givenTo(model, network, index)!;
    if (typeof given === 'number') return lowerMade(flow, given);
    return inputOf(flow, name, type, given);
  });
  for (const { name } of network.outputs) {
    const value = flow.passes.apply(network.name, inputs, name, new Set());
    builder.output(name === null ? network.name : `${network.name}.${name}`, value);
  }
  return builder;
}

/** What training makes for a port. Latents and labels beneath it are inputs, as those that ports are given themselves are. */
function lowerMade(flow: Flow, wanted: number): t.Value {
  const { nodes, values } = flow;
  for (const node of neededFor(nodes, wanted, values)) {
    const { op, type } = nodes[node]!;
    const from = originAt(nodes, node);
    if (from && op.kind === 'latent') values.set(node, inputOf(flow, op.latent, type, from));
    if (from && op.kind === 'data') values.set(node, inputOf(flow, `${op.dataset}.${op.field}`, type, from));
  }
  return lowerNode(flow, wanted);
}

function inputOf({ scope }: Flow, name: string, type: TensorType, from: t.InputOrigin): t.Value {
  const dtype = type.label === null ? 'f32' : 'i32';
  return t.input(scope.builder, { name, shape: [scope.batch, ...type.shape], dtype, from });
}

/** The program that draws a latent, for whoever has no better idea than training had. */
export function lowerLatent(model: Model, latent: string, count: number): t.Builder {
  const scope = new Scope(`latent.${latent}`, model, { batch: count, training: false });
  const { distribution, type } = model.latents.find(({ name }) => name === latent)!;
  const value = drawFrom(scope, distribution, [count, ...type.shape], latent);
  scope.builder.output(latent, value);
  return scope.builder;
}

/**
 * What a port is to be given is what it is given in training: a latent, data, or a node that is made of them. Where training
 * never fills it, its name or its shape tells. Null where nothing does.
 */
function givenTo(model: Model, network: Network, index: number): t.InputOrigin | number | null {
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
function originAt(graph: readonly GraphNode[], node: number): t.InputOrigin | null {
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
