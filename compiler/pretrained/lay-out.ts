import { broadcast } from '../3-check/arithmetic.ts';
import { Dim } from '../3-check/dim.ts';
import { difference, exactly, type Interval, product, sum, UNBOUNDED } from '../3-check/interval.ts';
import type { GraphNode, GraphOp, TensorType, Weight } from '../3-check/model.ts';
import { knownShape } from '../3-check/tensors.ts';
import { Arguments, type ArgumentValue } from '../arguments/arguments.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { shapeText } from '../diagnostics/wording.ts';
import { conv2d } from '../layers/conv2d.ts';
import type { Initial, Layer, WeightDeclaration } from '../layers/layer.ts';
import type { Span } from '../source/span.ts';
import { kerasClasses } from './classes/index.ts';
import type { Step, WeightOrigin } from './classes/keras-class.ts';
import { Misfit, ModelError } from './model-error.ts';
import { neededUses } from './needed.ts';
import { pixelMap } from './preprocess.ts';
import type { LayerUse, Topology } from './topology.ts';

/** A model to be written in layers of ours. */
export interface ModelPlan {
  /** The name that the spec gives it: paths of weights begin with it. */
  readonly name: string;
  readonly topology: Topology;
  /** Tensors of its files by name. */
  readonly tensors: ReadonlyMap<string, readonly number[]>;
  /** The uses whose results are wanted; what only others need is left out. */
  readonly wanted: readonly string[];
  /** What pictures are made into first; null for nothing. */
  readonly preprocess: string | null;
  /** The values that it is given. */
  readonly range: Interval;
  readonly span: Span;
}

export interface LaidOutModel {
  readonly graph: GraphNode[];
  readonly weights: readonly Weight[];
  /** The node of each wanted use. */
  readonly results: readonly number[];
}

/** Nothing in a frozen network changes from step to step. */
const NO_SCHEDULES = new Map<string, never>();

/** The name of the only input of a pretrained network. */
export const INPUT = 'x';

/**
 * Writes a model for an input of that shape, as a graph of ordinary layers whose weights come from its files. Throws
 * `ModelError` when the model itself is at fault, and `Misfit` when it takes no such shape.
 */
export function layOut(plan: ModelPlan, shape: readonly number[]): LaidOutModel {
  const writer = new Writer(plan);
  const port = writer.add({ kind: 'port', port: INPUT }, [], { shape, range: plan.range });
  const given = plan.preprocess === null ? port : writer.preprocess(plan.preprocess, port, shape);
  const made = new Map<string, number>([[plan.topology.input, given]]);
  for (const id of neededUses(plan.topology, plan.wanted)) {
    if (made.has(id)) continue;
    const use = plan.topology.uses.get(id)!;
    made.set(
      id,
      writer.write(
        use,
        id,
        use.inputs.map((input) => made.get(input)!),
      ),
    );
  }
  return { graph: writer.graph, weights: writer.weights, results: plan.wanted.map((id) => made.get(id)!) };
}

class Writer {
  readonly graph: GraphNode[] = [];
  readonly weights: Weight[] = [];
  readonly #plan: ModelPlan;

  constructor(plan: ModelPlan) {
    this.#plan = plan;
  }

  add(op: GraphOp, inputs: readonly number[], type: Pick<TensorType, 'shape' | 'range'>): number {
    const { span } = this.#plan;
    const whole = { ...type, label: null, batched: op.kind !== 'number' };
    return this.graph.push({ op, inputs, type: whole, span, trace: [] }) - 1;
  }

  /** Writes the steps of one use of a layer; gives the node of its result. */
  write(use: LayerUse, id: string, inputs: readonly number[]): number {
    const { layer, className, config } = use;
    const definition = kerasClasses.get(className);
    if (!definition) throw unknownClass(layer, className);
    const steps = definition.write(
      config,
      inputs.map((input) => this.graph[input]!.type.shape),
    );
    if (inputs.length === 0) throw new ModelError(`gives its layer ${layer} nothing`);
    let now = inputs;
    for (const [place, step] of steps.entries()) {
      // What comes after the first step, such as an activation, has a path of its own.
      const path = `${this.#plan.name}/${id}${place === 0 ? '' : `/${nameOf(step)}`}`;
      now = [this.#step(step, use, path, now)];
    }
    return now[0]!;
  }

  /** What pictures are made into, as a convolution of one pixel. */
  preprocess(name: string, port: number, shape: readonly number[]): number {
    if (shape.length !== 3) {
      throw new ModelError(`is given ${shapeText(shape)}, and \`preprocess\` is for pictures`);
    }
    const channels = shape[2]!;
    const { kernel, bias } = pixelMap(name, this.#plan.range, channels);
    const values = new Map<string, Initial>([
      ['kernel', { kind: 'values', values: kernel }],
      ['bias', { kind: 'values', values: bias }],
    ]);
    const path = `${this.#plan.name}/preprocess`;
    const args = argumentsFor(conv2d, { filters: channels, kernel: 1 });
    const weights = conv2d.weights!([shape], args, [null]).map((weight) =>
      this.#frozen(weight, `preprocess/${weight.name}`, values.get(weight.name)!),
    );
    return this.add({ kind: 'layer', layer: conv2d, args, schedules: NO_SCHEDULES, path, weights }, [port], {
      shape,
      range: UNBOUNDED,
    });
  }

  #step(step: Step, use: LayerUse, path: string, inputs: readonly number[]): number {
    return 'operator' in step
      ? this.#arithmetic(step, use.layer, inputs)
      : this.#layer(step, use, path, inputs);
  }

  #layer(
    { layer, args: written = {}, weights: origins = {} }: Extract<Step, { layer: Layer }>,
    use: LayerUse,
    path: string,
    inputs: readonly number[],
  ): number {
    const args = argumentsFor(layer, written);
    const types = inputs.map((input) => this.graph[input]!.type);
    const { span } = this.#plan;
    const sizes = layer.shape({
      inputs: types.map(({ shape }) => shape.map((size) => Dim.of(size))),
      args,
      span,
      labels: types.map(() => null),
      inputSpans: types.map(() => span),
      report(definition, { facts }) {
        if (definition.severity === 'error')
          throw new Misfit(use.layer, `does not fit: ${definition.message(facts)}`);
        return null;
      },
    });
    const shape = sizes!.map((size) => size.value!);
    const declared =
      layer.weights?.(
        types.map((type) => type.shape),
        args,
        types.map(() => null),
      ) ?? [];
    const weights = declared.map((weight) => {
      const initial = this.#initial(origins[weight.name]!, weight, use, types[0]!.shape);
      const own = initial.kind === 'file' ? initial.tensor : `${use.layer}/${weight.name}`;
      return this.#frozen(weight, own, initial);
    });
    const range =
      layer.range?.(
        types.map((type) => type.range),
        args,
      ) ?? UNBOUNDED;
    return this.add({ kind: 'layer', layer, args, schedules: NO_SCHEDULES, path, weights }, inputs, {
      shape,
      range,
    });
  }

  #arithmetic(
    { operator, number }: Extract<Step, { operator: string }>,
    layer: string,
    given: readonly number[],
  ): number {
    const inputs =
      number === undefined
        ? given
        : [given[0]!, this.add({ kind: 'number', value: number }, [], { shape: [], range: exactly(number) })];
    const combine = { '+': sum, '-': difference, '*': product }[operator];
    return inputs.slice(1).reduce((left, right) => {
      const [a, b] = [this.graph[left]!.type, this.graph[right]!.type];
      const sizes = broadcast(knownShape(a.shape), knownShape(b.shape));
      if (!sizes) throw new Misfit(layer, `is given ${shapeText(a.shape)} and ${shapeText(b.shape)}`);
      const shape = sizes.map((size) => size.value!);
      const op = { kind: 'binary', operator } as const;
      return this.add(op, [left, right], { shape, range: combine(a.range, b.range) });
    }, inputs[0]!);
  }

  /** A weight that stays as it is; `own` is its path within the model. */
  #frozen(weight: WeightDeclaration, own: string, initial: Initial): Weight {
    const path = `${this.#plan.name}/${own}`;
    // A layer that is used twice has its weights once.
    const known = this.weights.find((one) => one.path === path);
    if (known) return known;
    const frozen: Weight = { ...weight, path, kind: 'frozen', initial, constraint: null, lr: 1 };
    this.weights.push(frozen);
    return frozen;
  }

  /** Where the numbers of a weight come from, their shape compared with what the layer needs. */
  #initial(
    origin: WeightOrigin,
    { name, shape }: WeightDeclaration,
    { layer, className }: LayerUse,
    given: readonly number[],
  ): Initial {
    if ('fill' in origin) return { kind: 'constant', value: origin.fill };
    const names = typeof origin.tensor === 'string' ? [origin.tensor] : origin.tensor;
    const tensor = findTensor(this.#plan.tensors, layer, names);
    if (tensor === null) {
      throw new ModelError(
        `lists no \`${names[0]}\` for its layer ${layer} (${className}) among its weights`,
      );
    }
    const wanted = origin.shape ?? shape;
    const there = this.#plan.tensors.get(tensor)!;
    if (there.join() === wanted.join()) return { kind: 'file', tensor };
    throw new Misfit(
      layer,
      `has a ${name} of ${shapeText(there)}, and ${shapeText(given)} would need one of ${shapeText(wanted)}`,
    );
  }
}

/** The arguments of a call that nobody has written: what is given, and the defaults of all others. */
function argumentsFor(layer: Layer, given: Readonly<Record<string, ArgumentValue>>): Arguments {
  return new Arguments(
    new Map(
      layer.arguments.map(({ name, kind, default: usual }) => {
        const value = given[name] ?? usual;
        if (value === undefined) throw new Error(`${layer.name} needs \`${name}\``);
        if (kind === 'size') return [name, Dim.of(value as number)];
        return [name, kind === 'sizes' ? (value as number[]).map((size) => Dim.of(size)) : value];
      }),
    ),
  );
}

/**
 * The tensor of a layer: `conv1/kernel`; with the name of the model around it, `vgg/conv1/kernel`, or of a cell within
 * it, `conv1/cell/kernel`.
 */
function findTensor(
  tensors: ReadonlyMap<string, readonly number[]>,
  layer: string,
  names: readonly string[],
): string | null {
  for (const name of names) if (tensors.has(`${layer}/${name}`)) return `${layer}/${name}`;
  for (const tensor of tensors.keys()) {
    const parts = tensor.split('/');
    if (names.includes(parts.at(-1)!) && parts.slice(0, -1).includes(layer)) return tensor;
  }
  return null;
}

function nameOf(step: Step): string {
  if ('layer' in step) return step.layer.name;
  return { '+': 'add', '-': 'subtract', '*': 'multiply' }[step.operator];
}

function unknownClass(layer: string, className: string): ModelError {
  const meant = nearest(className, [...kerasClasses.keys()]);
  return new ModelError(
    `has a layer ${layer} of the class ${className}, which ganc does not know`,
    className === 'Lambda' || className === 'TFOpLambda'
      ? 'use `layers` that come before it: what it holds is code, and no code of a model is run'
      : `use \`layers\` that come before it${meant ? `; ${meant} is known` : ''}`,
  );
}
