import { describe, expect, test } from 'vitest';
import { UNBOUNDED } from '../../compiler/3-check/interval.ts';
import type { Layer, LayerExample } from '../../compiler/layers/layer.ts';
import { Builder, constant, input, sizeOf } from '../../compiler/tensor/index.ts';
import { verify } from '../../compiler/tensor/verify.ts';
import { draw } from '../reference/draw.ts';
import { deviation } from '../reference/finite-differences.ts';
import { interpret } from '../reference/interpreter.ts';
import { allExamples, hasDifferences } from './all-examples.ts';
import { applied, BATCH, drawnFor, isLabel, shapeOf, weightsOf } from './applied.ts';
import { readCall } from './written-call.ts';

const examples = allExamples.map(({ layer, example }) => ({
  layer,
  example,
  title: `${example.call} on ${JSON.stringify(example.inputs)}`,
}));

describe.each(examples)('$title', ({ layer, example }) => {
  const { args } = readCall(example.call, [layer]);
  const weights = weightsOf(layer, args, example);
  const drawn = drawnFor(example, weights);

  test('has the shape and as many weights as it says', () => {
    const { shape, codes } = shapeOf(layer, args, example.inputs, example.label);
    expect({ shape, codes }).toEqual({ shape: `[${example.output.join(', ')}]`, codes: [] });
    const trained = weights.filter(({ kind }) => kind === 'weight');
    expect(trained.reduce((sum, weight) => sum + sizeOf(weight.shape), 0)).toBe(example.weights ?? 0);
  });

  test.each([true, false])('gives that shape, and values in its range (training: %s)', (training) => {
    const { shape, values } = run(layer, example, training);
    const rows = Math.ceil(BATCH / (layer.joins?.(args) ?? 1));
    expect(shape).toEqual(layer.result === 'batch' ? example.output : [rows, ...example.output]);
    expect(values.every(Number.isFinite)).toBe(true);
    const [low, high] = example.range ?? [-1, 1];
    const given = example.inputs.map((shape) => (isLabel(example, shape) ? UNBOUNDED : { low, high }));
    const range = layer.range?.(given, args) ?? UNBOUNDED;
    expect(Math.min(...values)).toBeGreaterThanOrEqual(range.low - 1e-12);
    expect(Math.max(...values)).toBeLessThanOrEqual(range.high + 1e-12);
  });

  if (!hasDifferences(layer)) return;
  test('has the right gradients of first and second order', () => {
    const inputs = drawn.length - weights.length;
    const isStatistic = (index: number) => index >= inputs && weights[index - inputs]!.kind !== 'weight';
    // What a constraint keeps is held constant by design, so that finite differences would see more than it does.
    const free = weights.map((weight) => ({ ...weight, constraint: null }));
    const found = deviation((values, builder) => {
      const all = values.map((value, at) => (isStatistic(at) ? constant(builder, 0, value.shape) : value));
      return applied(layer, args, free, all, builder);
    }, drawn);
    expect(found.first).toBeLessThan(1e-6);
    expect(found.second).toBeLessThan(1e-5);
  });

  function run(tested: Layer, { inputs }: LayerExample, training: boolean) {
    const builder = new Builder('example');
    const values = drawn.map(({ shape, dtype = 'f32' }, index) =>
      input(builder, { name: `${index}`, shape, dtype, from: { kind: 'count' } }),
    );
    expect(values.length).toBe(inputs.length + weights.length);
    const result = applied(tested, args, weights, values, builder, { training });
    builder.output('y', result);
    const program = builder.finish();
    verify(program);
    const numbers = Object.fromEntries(drawn.map((one, index) => [`${index}`, draw(one, 40 + index).data]));
    return { shape: result.shape, values: [...interpret(program, numbers).outputs.y!] };
  }
});
