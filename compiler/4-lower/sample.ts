import { givenInSampling, originAt } from '../3-check/given-in-sampling.ts';
import type { Model, Network, TensorType } from '../3-check/model.ts';
import { neededFor } from '../3-check/needed-for.ts';
import * as t from '../tensor/index.ts';
import { drawFrom } from './draw.ts';
import { type Flow, lowerNode } from './graph.ts';
import { sampleFlow } from './sample-flow.ts';
import { Scope } from './scope.ts';

/** How many examples a sample program makes where no grid is declared. */
const DEFAULT_COUNT = 64;

/** Numbers that a program of samples makes at most: five pictures of 256 × 256. Larger grids take several runs. */
export const MOST_NUMBERS = 2 ** 20;

/**
 * The networks that can be sampled: whatever has a `sample` block, in the order of these, and generators, where it is known what
 * to give them. The first is what a run is asked for.
 */
export function sampledNetworks(model: Model): readonly Network[] {
  const named = [...new Set(model.samples.map(({ network }) => network))];
  const others = model.networks.filter(({ role, name }) => role === 'generator' && !named.includes(name));
  return [
    ...named.flatMap((name) => model.networks.filter((network) => network.name === name)),
    ...others,
  ].filter((network) => network.ports.every((_, index) => givenInSampling(model, network, index) !== null));
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
    const given = givenInSampling(model, network, index)!;
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
