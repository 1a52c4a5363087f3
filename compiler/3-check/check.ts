import type { Resolved } from '../2-resolve/resolved.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { ModelFinder } from '../source/model-finder.ts';
import { datasetOf } from './dataset.ts';
import { readEvaluations } from './evaluation.ts';
import { latentOf } from './latent.ts';
import { Enough } from './limits.ts';
import type { Model, ParamValue } from './model.ts';
import { checkModule } from './module.ts';
import { networkOf } from './network.ts';
import { paramOf } from './param.ts';
import { pretrainedOf } from './pretrained.ts';
import { readSampling } from './sampling.ts';
import type { StagePlan } from './stages.ts';
import { readTraining } from './training.ts';
import type { Value } from './values.ts';
import { World } from './world.ts';

/**
 * Gives every declaration its meaning, in the order in which they build on each other; `plan` is the stage that
 * the spec is looked at in, where training has stages. Null when there is an error: a model is whole or not there.
 */
export function check(
  resolved: Resolved,
  reporter: Reporter,
  findModel: ModelFinder,
  plan: StagePlan | null = null,
): Model | null {
  const world = new World(resolved, reporter, { findModel, plan });
  try {
    return read(world);
  } catch (error) {
    if (error instanceof Enough) return null;
    throw error;
  }
}

function read(world: World): Model | null {
  const { resolved } = world;
  const { names } = resolved;
  const params = [...names.params].map(([name, param]) => [name, paramOf(world, param)] as const);
  const datasets = [...names.datasets.values()].map((item) => datasetOf(world, item));
  const latents = [...names.latents.values()].map((item) => latentOf(world, item));
  const models = resolved.imported.filter((item) => item.kind === 'pretrained');
  const pretrained = [...new Set([...names.pretrained.values(), ...models])].map((item) =>
    pretrainedOf(world, item),
  );
  const used = resolved.imported.filter((item) => item.kind === 'graph');
  const own = [...names.graphs.values()];
  for (const graph of new Set([...used, ...own])) if (graph.role === 'module') checkModule(world, graph);
  const networks = [...new Set([...own, ...used])]
    .filter((graph) => graph.role !== 'module')
    .map((graph) => networkOf(world, graph));
  const training = resolved.train ? readTraining(world, resolved.train) : null;
  const samples = resolved.samples.map((sample) => readSampling(world, sample));
  const evaluations = readEvaluations(world, resolved.evaluations);
  if (world.reporter.hasErrors) return null;
  return {
    doc: resolved.file.doc,
    params: new Map(params.flatMap(([name, value]) => written(name, value))),
    datasets: whole(datasets),
    latents: whole(latents),
    networks: whole(networks),
    pretrained: whole(pretrained).map(({ name, from, networks, span }) => ({
      name,
      from,
      networks: [...networks.values()],
      span,
    })),
    training: resolved.train && whole([training])[0]!,
    samples: whole(samples),
    evaluations: whole(evaluations),
  };
}

/** What is null was reported; a model that lacks something and an empty report would be a lie. */
function whole<T>(list: readonly (T | null)[]): T[] {
  return list.map((entry) => {
    if (entry === null) throw new Error('part of a spec has no meaning, and nothing was reported');
    return entry;
  });
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
