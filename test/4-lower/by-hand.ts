import { Dim } from '../../compiler/3-check/dim.ts';
import { UNBOUNDED } from '../../compiler/3-check/interval.ts';
import type {
  GraphNode,
  GraphOp,
  Latent,
  Model,
  Network,
  TensorType,
  Training,
  UpdatePlan,
  Weight,
} from '../../compiler/3-check/model.ts';
import { distributions } from '../../compiler/distributions/index.ts';
import { functions } from '../../compiler/functions/index.ts';
import { layers } from '../../compiler/layers/index.ts';
import { optimizers } from '../../compiler/optimizers/index.ts';
import { sources } from '../../compiler/sources/index.ts';
import { readCall } from '../layers/written-call.ts';

/** Models written by hand, so that lowering is tested without the parser and the checker. */

const span = { file: 'by hand', start: 0, end: 0 };

export function typeOf(shape: readonly number[], options: Partial<TensorType> = {}): TensorType {
  return { shape, range: UNBOUNDED, label: null, batched: true, ...options };
}

/** Writes a graph node by node; every method returns the index of the node that it adds. */
export class Graph {
  readonly nodes: GraphNode[] = [];
  readonly weights: Weight[] = [];
  readonly #path: string;
  readonly #names = new Map<string, number>();

  constructor(path: string) {
    this.#path = path;
  }

  add(op: GraphOp, inputs: readonly number[], type: TensorType): number {
    return this.nodes.push({ op, inputs, type, span, trace: [] }) - 1;
  }

  port(name: string, type: TensorType): number {
    return this.add({ kind: 'port', port: name }, [], type);
  }

  number(value: number): number {
    return this.add({ kind: 'number', value }, [], typeOf([], { batched: false }));
  }

  binary(operator: '+' | '-' | '*' | '/', a: number, b: number): number {
    const [left, right] = [this.nodes[a]!.type, this.nodes[b]!.type];
    const batched = left.batched || right.batched;
    const shape = left.shape.length >= right.shape.length ? left.shape : right.shape;
    return this.add({ kind: 'binary', operator }, [a, b], typeOf(shape, { batched }));
  }

  layer(call: string, ...inputs: number[]): number {
    const { definition, args } = readCall(call, [...layers, ...functions]);
    const given = inputs.map((input) => this.nodes[input]!.type);
    const shape = definition.shape({
      inputs: given.map((type) => type.shape.map(Dim.of)),
      labels: given.map(({ label }) => (label === null ? null : Dim.of(label))),
      args,
      span,
      inputSpans: given.map(() => span),
      report(found, { facts }) {
        throw new Error(found.message(facts));
      },
    })!;
    const count = (this.#names.get(definition.name) ?? 0) + 1;
    this.#names.set(definition.name, count);
    const path = `${this.#path}/${definition.name}${count > 1 ? `.${count}` : ''}`;
    const declared = definition.weights?.(
      given.map((type) => type.shape),
      args,
      given.map(({ label }) => label),
    );
    const weights = (declared ?? []).map((weight) => ({
      ...weight,
      path: `${path}/${weight.name}`,
      constraint: weight.constraint ?? null,
      lr: 1,
    }));
    this.weights.push(...weights);
    const type = typeOf(
      shape.map((size) => size.value!),
      { batched: definition.result !== 'batch' && given.some(({ batched }) => batched) },
    );
    return this.add(
      { kind: 'layer', layer: definition, args, schedules: new Map(), path, weights },
      inputs,
      type,
    );
  }

  /** Layers one after the other. */
  chain(x: number, ...calls: string[]): number {
    return calls.reduce((value, call) => this.layer(call, value), x);
  }
}

export function network(
  name: string,
  role: Network['role'],
  ports: Readonly<Record<string, TensorType>>,
  write: (graph: Graph, ...ports: number[]) => number | Readonly<Record<string, number>>,
): Network {
  const graph = new Graph(name);
  const entries = Object.entries(ports);
  const result = write(graph, ...entries.map(([port, type]) => graph.port(port, type)));
  const outputs =
    typeof result === 'number'
      ? [{ name: null, node: result, type: graph.nodes[result]!.type }]
      : Object.entries(result).map(([field, node]) => ({ name: field, node, type: graph.nodes[node]!.type }));
  return {
    name,
    role,
    ports: entries.map(([port, type]) => ({ name: port, type })),
    outputs,
    graph: graph.nodes,
    weights: graph.weights,
    span,
  };
}

const BATCH = 4;

export function latent(name: string, call: string, shape: readonly number[]): Latent {
  const { definition, args } = readCall(call, distributions);
  return { name, distribution: { name: definition.name, arguments: args }, type: typeOf(shape), span };
}

export function update(
  name: string,
  loss: number,
  optimizer: string,
  more: Partial<UpdatePlan> = {},
): UpdatePlan {
  const { definition, args } = readCall(optimizer, optimizers);
  const options = new Map([...args.entries()]) as UpdatePlan['optimizer']['options'];
  return {
    name,
    networks: [name],
    loss,
    optimizer: { optimizer: definition, options },
    batch: BATCH,
    times: 1,
    unroll: 0,
    ema: null,
    clip: { norm: null, gradients: null, weights: null },
    span,
    ...more,
  };
}

/** A model over a dataset `data` of which a field `image` is used. */
export function model(
  networks: readonly Network[],
  parts: Partial<Pick<Model, 'latents' | 'samples'>> & { training?: Partial<Training> } = {},
): Model {
  const { definition, args } = readCall('mnist', sources);
  return {
    doc: null,
    params: new Map(),
    datasets: [{ name: 'data', source: definition, args, fields: [], span }],
    latents: parts.latents ?? [],
    networks,
    pretrained: [],
    evaluations: [],
    samples: parts.samples ?? [],
    training: parts.training
      ? {
          on: ['data'],
          batch: BATCH,
          steps: 100,
          stage: { label: null, start: 0, steps: 100, fade: 0 },
          init: null,
          draw: 'fresh',
          graph: [],
          bindings: new Map(),
          states: [],
          updates: [],
          span,
          ...parts.training,
        }
      : null,
  };
}
