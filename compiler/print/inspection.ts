import {
  allNetworks,
  type GraphNode,
  type Model,
  type Network,
  type TensorType,
  type Training,
} from '../3-check/model.ts';
import { type Compiled, type EvaluationPlan, programAt } from '../4-lower/compiled.ts';
import { Passes } from '../4-lower/passes.ts';
import { Scope } from '../4-lower/scope.ts';
import { optimizeProgram } from '../5-optimize/optimize.ts';
import { planMemory } from '../5-optimize/plan-memory.ts';
import type { Target } from '../5-optimize/target.ts';
import { tfjsTarget } from '../5-optimize/tfjs/legalize.ts';
import { TimesPerStep } from '../schedules/times.ts';
import { costOf } from '../tensor/cost.ts';
import * as t from '../tensor/index.ts';
import { sizeOf, stateBytes } from '../tensor/program.ts';

/** A shape without the batch; a record has one by field. */
export type InspectedShape = readonly number[] | { readonly [field: string]: readonly number[] };

/** Everything about a spec that is known before it runs, as plain data. */
export interface Inspection {
  /** The stage of training that the rest is about; not there where training has none. */
  readonly stage?: string;
  readonly stages?: readonly InspectedStage[];
  readonly networks: readonly InspectedNetwork[];
  /**
   * One training step: every update as often as it is repeated, and on average where a penalty is not counted at
   * every step. Null without `train`.
   */
  readonly step: {
    /** Floating-point operations; a multiply-add counts as two. */
    readonly flops: number;
    /** Bytes that all operations read and write, were each run on its own. */
    readonly bytes: number;
    /** Most bytes in memory at any time: weights and all else that is kept, and the tensors of a step. */
    readonly peakBytes: number;
    /** Of these, what is kept from step to step: weights, optimizer slots, averages. */
    readonly stateBytes: number;
    readonly batch: number;
    /** Examples of the updates that have a batch of their own, by what they train: `G`. */
    readonly batches: Readonly<Record<string, number>>;
  } | null;
  readonly evaluations: readonly InspectedEvaluation[];
}

/** An `evaluate` block: what it measures, and what it costs to draw what it looks at. */
export interface InspectedEvaluation {
  readonly network: string;
  readonly samples: number;
  /** Steps between evaluations in training; null for once, after the last step. */
  readonly every: number | null;
  /** By the author's names: `mode_coverage(G(z), ring)`. */
  readonly measures: Readonly<Record<string, string>>;
  readonly flops: number;
}

export interface InspectedStage {
  readonly stage: string;
  /** Its first step and its last, counted from 1. */
  readonly steps: readonly [first: number, last: number];
  readonly fade: number;
  readonly batch: number;
  /** Numbers that are trained, by network. */
  readonly weights: Readonly<Record<string, number>>;
}

export interface InspectedNetwork {
  readonly name: string;
  readonly role: Network['role'];
  readonly inputs: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly classes?: number;
  }[];
  readonly output: InspectedShape;
  /** Numbers that are trained; those of a pretrained network, which are not. */
  readonly weights: number;
  /** With moving statistics. */
  readonly weightsTotal: number;
  /** Floating-point operations of one example, forward only. */
  readonly flops: number;
  readonly layers: readonly InspectedLayer[];
}

export interface InspectedLayer {
  /** `G/up.2/conv2d_transpose`: the beginning of the paths of its weights. */
  readonly path: string;
  /** As written in a spec: `conv2d_transpose`; the name of a network that is used here. */
  readonly layer: string;
  readonly output: readonly number[];
  readonly weights: number;
  /** Floating-point operations of one example, forward only. */
  readonly flops: number;
}

/** Lists networks, layers and costs. Memory is planned for an engine; that of wasm unless told otherwise. */
export function inspect(model: Model, compiled: Compiled, target: Target = tfjsTarget('wasm')): Inspection {
  return {
    networks: allNetworks(model).map((network) => inspectNetwork(model, network)),
    step: model.training ? inspectStep(model.training, compiled, target) : null,
    evaluations: compiled.evaluations.map((plan) => inspectEvaluation(compiled, plan)),
  };
}

/** The stages of training, and which of them `shown` is; nothing where there are none. */
export function inspectStages(
  shown: Model,
  stages: readonly { readonly model: Model }[],
): Pick<Inspection, 'stage' | 'stages'> {
  const stage = shown.training?.stage.label ?? null;
  if (stage === null) return {};
  return {
    stage,
    stages: stages.map(({ model }) => {
      const { label, start, steps, fade } = model.training!.stage;
      const weights = model.networks.map((network) => [network.name, numbers(network, ['weight'])]);
      return {
        stage: label!,
        steps: [start + 1, start + steps],
        fade,
        batch: model.training!.batch,
        weights: Object.fromEntries(weights),
      };
    }),
  };
}

function numbers({ weights }: Network, kinds: readonly string[]): number {
  return weights
    .filter(({ kind }) => kinds.includes(kind))
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

function inspectNetwork(model: Model, network: Network): InspectedNetwork {
  const cost = forwardCost(model, network);
  const [only] = network.outputs;
  return {
    name: network.name,
    role: network.role,
    inputs: network.ports.map(({ name, type }) => ({ name, ...described(type) })),
    output:
      network.outputs.length === 1 && only!.name === null
        ? only!.type.shape
        : Object.fromEntries(network.outputs.map(({ name, type }) => [name ?? '', type.shape])),
    weights: numbers(network, ['weight', 'frozen']),
    weightsTotal: numbers(network, ['weight', 'frozen', 'statistic']),
    flops: cost.flops,
    layers: network.graph.flatMap((node) => inspectLayer(node, network, cost.byOrigin)),
  };
}

function described({ shape, label }: TensorType): { shape: readonly number[]; classes?: number } {
  return label === null ? { shape } : { shape, classes: label };
}

function inspectLayer(
  { op, type }: GraphNode,
  network: Network,
  costs: ReadonlyMap<string, { readonly flops: number }>,
): readonly InspectedLayer[] {
  if (op.kind === 'call') {
    return [
      { path: `${network.name}/${op.network}`, layer: op.network, output: type.shape, weights: 0, flops: 0 },
    ];
  }
  if (op.kind !== 'layer') return [];
  const weights = op.weights
    .filter(({ kind }) => kind === 'weight' || kind === 'frozen')
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  // Holding a weight, as spectral_norm does, is part of its layer.
  const origins = [
    op.path,
    ...op.weights.flatMap(({ constraint, path }) => (constraint ? [`${constraint.name} ${path}`] : [])),
  ];
  const flops = origins.reduce((sum, origin) => sum + (costs.get(origin)?.flops ?? 0), 0);
  return [{ path: op.path, layer: op.layer.name, output: type.shape, weights, flops }];
}

/** What one example costs on its way through a network, by layer. */
function forwardCost(model: Model, network: Network): ReturnType<typeof costOf> {
  const scope = new Scope(`inspect.${network.name}`, model, { batch: 1, training: false });
  const inputs = network.ports.map(({ name, type }) =>
    t.input(scope.builder, {
      name,
      shape: [1, ...type.shape],
      dtype: type.label === null ? 'f32' : 'i32',
      from: { kind: 'latent', latent: name },
    }),
  );
  const passes = new Passes(scope);
  for (const { name } of network.outputs) {
    scope.builder.output(name ?? network.name, passes.apply(network.name, inputs, name, new Set()));
  }
  return costOf(scope.builder.finish());
}

function inspectStep(
  { batch, updates }: Training,
  { set, step, stage }: Compiled,
  target: Target,
): NonNullable<Inspection['step']> {
  let [flops, bytes, peak] = [0, 0, 0];
  for (const part of step) {
    const names = [part.program, ...part.lazily.map(({ program }) => program)];
    for (const name of names) {
      const program = set.programs[name]!;
      const cost = costOf(optimizeProgram(program));
      const times = new TimesPerStep(part.times, stage).before(stage.start + stage.steps) / stage.steps;
      const runs = times * shareOf(name, part);
      flops += runs * cost.flops;
      bytes += runs * cost.bytes;
      peak = Math.max(peak, planMemory(optimizeProgram(program, target)).peakBytes);
    }
  }
  const kept = stateBytes(set);
  const own = updates.filter((update) => update.batch !== batch);
  const batches = Object.fromEntries(own.map((update) => [update.name, update.batch]));
  return { flops, bytes, peakBytes: kept + peak, stateBytes: kept, batch, batches };
}

function inspectEvaluation({ set }: Compiled, plan: EvaluationPlan): InspectedEvaluation {
  const { network, samples, every, measures } = plan;
  const program = set.programs[plan.program]!;
  const [rows] = program.nodes[program.outputs[0]!.value]!.shape as [number, ...number[]];
  return {
    network,
    samples,
    every,
    measures: Object.fromEntries(measures.map(({ name, text }) => [name, text])),
    flops: Math.ceil(samples / rows) * costOf(optimizeProgram(program)).flops,
  };
}

/** Steps that are looked at to tell how often a program runs: a number with many divisors. */
const COUNTED = 5040;

/** At how many of all steps a program runs, where others take its place at some. */
function shareOf(name: string, part: Compiled['step'][number]): number {
  if (part.lazily.length === 0) return 1;
  let count = 0;
  for (let step = 0; step < COUNTED; step++) if (programAt(part, step) === name) count++;
  return count / COUNTED;
}
