import type { Resolved } from '../2-resolve/resolved.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import { datasetOf } from './dataset.ts';
import { latentOf } from './latent.ts';
import { Enough } from './limits.ts';
import type { Model, ParamValue } from './model.ts';
import { checkModule } from './module.ts';
import { networkOf } from './network.ts';
import { paramOf } from './param.ts';
import { readSampling } from './sampling.ts';
import { readTraining } from './training.ts';
import type { Value } from './values.ts';
import { World } from './world.ts';

/**
 * Gives every declaration its meaning, in the order in which they build on each other. Null when there is
 * an error: a model is whole or not there.
 */
export function check(resolved: Resolved, reporter: Reporter): Model | null {
  const world = new World(resolved, reporter);
  try {
    return read(world);
  } catch (error) {
    if (error instanceof Enough) return null;
    throw error;
  }
}

function read(world: World): Model | null {
  const { resolved } = world;
  const params = [...resolved.params.keys()].map((name) => [name, paramOf(world, name)] as const);
  const datasets = present([...resolved.datasets.keys()].map((name) => datasetOf(world, name)));
  const latents = present([...resolved.latents.keys()].map((name) => latentOf(world, name)));
  const graphs = [...resolved.graphs.values()];
  for (const graph of graphs) if (graph.role === 'module') checkModule(world, graph);
  const networks = present(
    graphs.filter((graph) => graph.role !== 'module').map((graph) => networkOf(world, graph.name.name)),
  );
  const training = resolved.train ? readTraining(world, resolved.train) : null;
  const samples = present(resolved.samples.map((sample) => readSampling(world, sample)));
  if (world.reporter.hasErrors) return null;
  return {
    doc: resolved.file.doc,
    params: new Map(params.flatMap(([name, value]) => written(name, value))),
    datasets,
    latents,
    networks,
    training,
    samples,
  };
}

function present<T>(list: readonly (T | null)[]): T[] {
  return list.filter((entry) => entry !== null);
}

/** A param as plain data; layers and the like, which can be params too, have no such form. */
function written(name: string, value: Value): [string, ParamValue][] {
  const plain = plainValue(value);
  return plain === undefined ? [] : [[name, plain]];
}

function plainValue(value: Value): ParamValue | undefined {
  switch (value.kind) {
    case 'number':
    case 'text':
    case 'boolean':
      return value.value;
    case 'none':
      return null;
    case 'schedule':
      return value;
    case 'list': {
      const items = value.items.map(plainValue);
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    default:
      return undefined;
  }
}
