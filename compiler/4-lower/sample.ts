import type { GraphOp, Model, Network } from '../3-check/model.ts';
import * as t from '../tensor/index.ts';
import { drawFrom } from './draw.ts';
import { lowerNode, neededFor } from './graph.ts';
import { sampleFlow } from './sample-flow.ts';
import { Scope } from './scope.ts';

/** How many examples a sample program makes where no grid is declared. */
const DEFAULT_COUNT = 64;

/** Numbers that a program of samples makes at most: five pictures of 256 × 256. Larger grids take several runs. */
export const MOST_NUMBERS = 2 ** 20;

/** The networks that can be sampled: generators, and whatever has a `sample` block. */
export function sampledNetworks(model: Model): readonly Network[] {
  const named = new Set(model.samples.map(({ network }) => network));
  return model.networks.filter(({ name, role }) => role === 'generator' || named.has(name));
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
    const node = madeForPort(model, network, index);
    if (node !== null) return lowerNode(flow, node);
    return t.input(builder, {
      name,
      shape: [batch, ...type.shape],
      dtype: type.label === null ? 'f32' : 'i32',
      from: originOf(model, network, index),
    });
  });
  for (const { name } of network.outputs) {
    const value = flow.passes.apply(network.name, inputs, name, new Set());
    builder.output(name === null ? network.name : `${network.name}.${name}`, value);
  }
  return builder;
}

/** The program that draws a latent, for whoever has no better idea than training had. */
export function lowerLatent(model: Model, latent: string, count: number): t.Builder {
  const scope = new Scope(`latent.${latent}`, model, { batch: count, training: false });
  const { distribution, type } = model.latents.find(({ name }) => name === latent)!;
  const value = drawFrom(scope, distribution, [count, ...type.shape], latent);
  scope.builder.output(latent, value);
  return scope.builder;
}

/** What training makes from data alone for a port, `faces.image -> random_crop(64)`: a node of its graph. */
function madeForPort({ training }: Model, network: Network, index: number): number | null {
  if (!training || network.ports[index]!.type.label !== null) return null;
  const { graph } = training;
  for (const { op, inputs } of graph) {
    if (op.kind !== 'call' || op.network !== network.name) continue;
    const given = inputs[index]!;
    const { kind } = graph[given]!.op;
    if (kind === 'latent' || kind === 'data') return null;
    const rests = neededFor(graph, given).map((node) => graph[node]!.op);
    if (rests.every(isMadeFromData) && rests.some((one) => one.kind === 'data')) return given;
  }
  return null;
}

function isMadeFromData(op: GraphOp): boolean {
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

/**
 * What a port is given in training tells what it is to be given when sampling; where it is given nothing, its
 * name or its shape does.
 */
function originOf(model: Model, network: Network, index: number): t.InputOrigin {
  const port = network.ports[index]!;
  if (port.type.label !== null) return { kind: 'label', classes: port.type.label };
  const graph = model.training?.graph ?? [];
  for (const { op, inputs } of graph) {
    if (op.kind !== 'call' || op.network !== network.name) continue;
    const given = graph[inputs[index]!]!.op;
    if (given.kind === 'latent') return { kind: 'latent', latent: given.latent };
    if (given.kind === 'data') return { kind: 'data', dataset: given.dataset, field: given.field };
  }
  if (model.latents.some(({ name }) => name === port.name)) return { kind: 'latent', latent: port.name };
  for (const { name: dataset, fields } of model.datasets) {
    const field = fields.find(
      ({ type }) => type.label === null && type.shape.join() === port.type.shape.join(),
    );
    if (field) return { kind: 'data', dataset, field: field.name };
  }
  return { kind: 'latent', latent: port.name };
}
