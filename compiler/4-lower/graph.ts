import type { GraphNode, TensorType } from '../3-check/model.ts';
import { neededFor } from '../3-check/needed-for.ts';
import * as t from '../tensor/index.ts';
import { drawFrom } from './draw.ts';
import type { Passes } from './passes.ts';
import { lowerPenalty } from './penalty.ts';
import type { Scope } from './scope.ts';
import { carriedPath } from './state-paths.ts';

/** A graph of the model being written into a program. */
export interface Flow {
  readonly scope: Scope;
  readonly passes: Passes;
  readonly nodes: readonly GraphNode[];
  readonly ports: ReadonlyMap<string, t.Value>;
  /** The nodes written so far. */
  readonly values: Map<number, t.Value>;
  /** Whose layers these are; null for the graph of `train`. */
  readonly network: string | null;
  /** Batch statistics and dropout, as opposed to sampling. */
  readonly training: boolean;
  /** The networks whose moving statistics move when they are used at a node. */
  moves(node: number): ReadonlySet<string>;
  /** The pass of the same network over the reference batch; null in that pass, and where no layer needs it. */
  readonly reference: Flow | null;
}

/** Writes a node and what it needs, and nothing else. */
export function lowerNode(flow: Flow, wanted: number): t.Value {
  const { nodes, values } = flow;
  for (const index of neededFor(nodes, wanted, values)) values.set(index, lowerOne(flow, index));
  return values.get(wanted)!;
}

function lowerOne(flow: Flow, index: number): t.Value {
  const { scope, nodes, values } = flow;
  const { builder } = scope;
  const node = nodes[index]!;
  const { op, type } = node;
  const types = node.inputs.map((input) => nodes[input]!.type);
  const inputs = ofOneBatch(
    node.inputs.map((input) => values.get(input)!),
    types,
  );
  switch (op.kind) {
    case 'port':
      return flow.ports.get(op.port)!;
    case 'layer':
      return lowerLayer(flow, index, op, inputs);
    case 'call':
      return flow.passes.apply(op.network, inputs, op.output, flow.moves(index));
    case 'fold_time':
      return foldTime(inputs[0]!);
    case 'unfold_time':
      return unfoldTime(inputs[0]!, op.frames);
    case 'number':
      return t.constant(builder, op.value);
    case 'binary':
      return arithmetic(op.operator, inputs, types);
    case 'negate':
      return t.neg(inputs[0]!);
    case 'data':
      return t.input(builder, {
        name: `${op.dataset}.${op.field}`,
        shape: [scope.batch, ...type.shape],
        dtype: type.label === null ? 'f32' : 'i32',
        from: { kind: 'data', dataset: op.dataset, field: op.field },
      });
    case 'latent': {
      const latent = scope.model.latents.find(({ name }) => name === op.latent)!;
      const path = `latent ${latent.name}`;
      return builder.within(path, () =>
        drawFrom(scope, latent.distribution, [scope.batch, ...type.shape], path),
      );
    }
    case 'schedule':
      return scope.schedule(op.schedule);
    case 'state':
      return scope.read(carriedPath(op.state), [], { role: 'statistic' });
    case 'noise':
      return builder.within(op.path, () => drawFrom(scope, op.distribution, inputs[0]!.shape, op.path));
    case 'penalty':
    case 'weight_penalty':
      return builder.within(op.path, () => lowerPenalty(flow, index, op, inputs));
  }
}

function lowerLayer(
  flow: Flow,
  index: number,
  op: Extract<GraphNode['op'], { kind: 'layer' }>,
  inputs: readonly t.Value[],
): t.Value {
  const { scope, network } = flow;
  const weightNamed = (name: string) => op.weights.find((weight) => weight.name === name)!;
  const moves = network === null ? flow.moves(index).size > 0 : flow.moves(index).has(network);
  // What happens in `train` itself belongs to the loss that asked for it.
  const origin = network === null ? scope.builder.origin : op.path;
  return scope.builder.within(origin, () =>
    op.layer.lower({
      builder: scope.builder,
      inputs,
      args: op.args,
      training: flow.training,
      weight(name) {
        const weight = weightNamed(name);
        return network === null ? scope.read(weight.path, weight.shape, POOL) : scope.weight(network, weight);
      },
      scheduled(name) {
        const schedule = op.schedules.get(name);
        return schedule ? scope.schedule(schedule) : t.constant(scope.builder, op.args.number(name));
      },
      reference: () => flow.reference && lowerNode(flow.reference, flow.nodes[index]!.inputs[0]!),
      assign: (name, value) => {
        if (!moves) return;
        const weight = weightNamed(name);
        if (network === null) scope.write(weight.path, value, POOL);
        else scope.move(weight, value);
      },
      normal: (shape) => scope.normal(shape, op.path),
      uniform: (shape) => scope.uniform(shape, op.path),
    }),
  );
}

/** Examples that a layer of `train` keeps are of use to a training only, like what optimizers keep. */
const POOL = { role: 'slot' } as const;

/** [N, T, …] → [N · T, …]: layers for images then work on every frame. */
function foldTime(x: t.Value): t.Value {
  const [batch, frames, ...rest] = x.shape as [number, number, ...number[]];
  return t.reshape(x, [batch * frames, ...rest]);
}

function unfoldTime(x: t.Value, frames: number): t.Value {
  const [folded, ...rest] = x.shape as [number, ...number[]];
  return t.reshape(x, [folded / frames, frames, ...rest]);
}

/** Inside `per_frame` the batch is one of frames; what comes from outside counts for every frame of its clip. */
function ofOneBatch(inputs: readonly t.Value[], types: readonly TensorType[]): readonly t.Value[] {
  const batched = inputs.filter((_, index) => types[index]!.batched);
  const largest = Math.max(...batched.map(({ shape }) => shape[0]!));
  return inputs.map((x, index) => {
    if (!types[index]!.batched || x.shape[0] === largest) return x;
    const [batch, ...rest] = x.shape as [number, ...number[]];
    return t.reshape(t.repeatAlong(x, 1, largest / batch), [largest, ...rest]);
  });
}

const OPERATIONS = { '+': t.add, '-': t.sub, '*': t.mul, '/': t.div } as const;

function arithmetic(
  operator: keyof typeof OPERATIONS,
  inputs: readonly t.Value[],
  types: readonly TensorType[],
): t.Value {
  const rank = Math.max(...inputs.map(({ shape }) => shape.length));
  const [a, b] = inputs.map((x, side) => {
    if (!types[side]!.batched || x.shape.length === rank) return x;
    // The batch stays in front: a score [N, 1] meets a map [N, H, W, 1] as [N, 1, 1, 1].
    const [batch, ...rest] = x.shape as [number, ...number[]];
    return t.reshape(x, [batch, ...Array.from({ length: rank - x.shape.length }, () => 1), ...rest]);
  });
  return OPERATIONS[operator](a!, b!);
}
