import { Dim } from '../../compiler/3-check/dim.ts';
import type { Arguments } from '../../compiler/arguments/arguments.ts';
import { holdOf, withTrained } from '../../compiler/constraints/hold.ts';
import type { Layer, LayerExample, LowerQuery, WeightDeclaration } from '../../compiler/layers/layer.ts';
import type { Builder, Value } from '../../compiler/tensor/index.ts';
import * as t from '../../compiler/tensor/index.ts';
import { type Drawn, draw } from '../reference/draw.ts';

/** Examples in a batch. */
export const BATCH = 2;

/** What a layer says about a shape: the sizes, or the codes that it reports. */
export function shapeOf(
  layer: Layer,
  args: Arguments,
  inputs: readonly (readonly (number | Dim)[])[],
  classes?: number,
): { readonly shape: string | null; readonly codes: string[]; readonly facts: unknown[] } {
  const codes: string[] = [];
  const facts: unknown[] = [];
  const shape = layer.shape({
    inputs: inputs.map((sizes) => sizes.map((size) => (typeof size === 'number' ? Dim.of(size) : size))),
    labels: inputs.map(({ length }) => (classes === undefined || length > 0 ? null : Dim.of(classes))),
    args,
    span: { file: 'example', start: 10, end: 20 },
    inputSpans: inputs.map(() => ({ file: 'example', start: 0, end: 5 })),
    report(definition, details) {
      codes.push(definition.code);
      // Whatever is reported must be sayable.
      definition.message(details.facts);
      definition.help?.(details.facts);
      facts.push(details.facts);
      return null;
    },
  });
  return { shape: shape && `[${shape.join(', ')}]`, codes, facts };
}

export function weightsOf(
  layer: Layer,
  args: Arguments,
  example: LayerExample,
): readonly WeightDeclaration[] {
  const weights =
    layer.weights?.(
      example.inputs,
      args,
      example.inputs.map((shape) => (isLabel(example, shape) ? example.label! : null)),
    ) ?? [];
  return weights.flatMap(withTrained);
}

export function isLabel({ label }: LayerExample, shape: readonly number[]): boolean {
  return label !== undefined && shape.length === 0;
}

/** The inputs of an example, then its weights, as they are drawn for a test. */
export function drawnFor(example: LayerExample, weights: readonly WeightDeclaration[]): Drawn[] {
  return [
    ...example.inputs.map(
      (shape): Drawn =>
        isLabel(example, shape)
          ? { shape: [BATCH, ...shape], dtype: 'i32', below: example.label! }
          : { shape: [BATCH, ...shape], range: example.range ?? [-1, 1] },
    ),
    ...weights.map(
      (weight): Drawn => ({
        shape: weight.shape,
        // A variance is not negative.
        range: weight.kind === 'statistic' ? [0.5, 1.5] : [-1, 1],
      }),
    ),
  ];
}

/** The layer written in primitives, with weights as given and constraints applied to them. */
export function applied(
  layer: Layer,
  args: Arguments,
  weights: readonly WeightDeclaration[],
  values: readonly Value[],
  builder: Builder,
  options: { readonly training?: boolean; readonly assign?: LowerQuery['assign'] } = {},
): Value {
  const count = values.length - weights.length;
  const key = t.constant(builder, [3, 0, 5, 0], [4], 'i32');
  let draws = 0;
  return layer.lower({
    builder,
    inputs: values.slice(0, count),
    args,
    training: options.training ?? true,
    weight: (name) => held(name),
    // Other examples than those of the batch, and another number of them.
    reference() {
      const shape = values[0]!.shape.with(0, BATCH + 1);
      return t.constant(builder, [...draw({ shape, range: [-1, 1] }, 60).data], shape);
    },
    scheduled: (name) => t.constant(builder, args.number(name)),
    assign: options.assign ?? (() => {}),
    normal: (shape) => t.normal(key, shape, ++draws),
    uniform: (shape) => t.uniform(key, shape, ++draws),
  });

  /** The weight as its constraint holds it, the first time that it is used. */
  function held(name: string): Value {
    const drawnAs = (path: string) => values[count + weights.findIndex((weight) => weight.name === path)]!;
    const hold = holdOf(weights.find((weight) => weight.name === name)!);
    if (!hold) return drawnAs(name);
    const { constraint, args, outputAxis, matrix } = hold;
    const vectors = constraint.state(matrix);
    return constraint.apply({
      weight: drawnAs(name),
      outputAxis,
      args,
      state: (vector) => t.constant(builder, 0.5, vectors.find((one) => one.name === vector)!.shape),
      trained: (beside) => drawnAs(`${name}/${constraint.name}/${beside}`),
      assign: () => {},
    });
  }
}
