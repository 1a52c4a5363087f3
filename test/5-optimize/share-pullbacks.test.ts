import { describe, expect, test } from 'vitest';
import { optimizeProgram } from '../../compiler/5-optimize/optimize.ts';
import { sharePullbacks } from '../../compiler/5-optimize/share-pullbacks.ts';
import * as t from '../../compiler/tensor/index.ts';
import { verify } from '../../compiler/tensor/verify.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';

const BATCH = 3;

type Score = (features: t.Value, weight: (name: string, ...shape: number[]) => t.Value) => t.Value;

/** One number a sample at the end, or not. */
const scores: Readonly<Record<string, Score>> = {
  'a dense layer': (x, weight) => t.matmul(t.reshape(x, [BATCH, 36]), weight('last', 36, 1)),
  'a convolution that leaves one place': (x, weight) => t.conv(x, weight('last', 3, 3, 4, 1)),
  'two scores a sample': (x, weight) => t.matmul(t.reshape(x, [BATCH, 36]), weight('last', 36, 2)),
  'features that see the whole batch': (x, weight) =>
    t.matmul(t.reshape(t.sub(x, t.mean(x, [0], true)), [BATCH, 36]), weight('last', 36, 1)),
};

/**
 * The gradients of a discriminator's loss for its kernels and of a generator's for the images, from the same scores:
 * convolution, leaky ReLU, dropout, convolution, ReLU, and the score.
 */
function twoLosses(score: Score) {
  const builder = new t.Builder('step');
  const inputs: Record<string, Float64Array> = {};
  const named = (name: string, shape: readonly number[]) => {
    inputs[name] = draw({ shape, dtype: 'f32' }, Object.keys(inputs).length + 1).data as Float64Array;
    return t.input(builder, { name, shape, dtype: 'f32' } as t.ProgramInput);
  };
  const weight = (name: string, ...shape: number[]) => named(name, shape);
  const images = named('images', [BATCH, 6, 6, 2]);
  const kernels = [weight('first', 3, 3, 2, 4), weight('second', 3, 3, 4, 4)] as const;
  const mask = t.step(named('mask', [BATCH, 6, 6, 4]), 0.5);
  const padding = { padding: [[1, 1] as const, [1, 1] as const] };
  const hidden = t.mul(t.leakyRelu(t.conv(images, kernels[0], padding), 0.2), mask);
  const strided = { strides: [2, 2], padding: [[1, 0] as const, [1, 0] as const] };
  const scored = score(t.relu(t.conv(hidden, kernels[1], strided)), weight);
  const ofDiscriminator = t.mean(t.softplus(scored));
  const ofGenerator = t.mean(t.softplus(t.neg(scored)));
  t.gradients(ofDiscriminator, kernels).forEach((value, i) => {
    builder.output(`kernel ${i}`, value);
  });
  builder.output('images', t.gradients(ofGenerator, [images])[0]!);
  return { program: builder.finish(), inputs };
}

const waysBack = ({ nodes }: t.Program) => nodes.filter(({ op }) => op === 'conv_input_grad').length;

describe('two losses of one score', () => {
  test.each([
    // The second layer once instead of twice, the first once; the last layer's is one row.
    ['a dense layer', 3, 2],
    ['a convolution that leaves one place', 5, 3],
  ])('after %s share the way back', (name, before, after) => {
    const { program, inputs } = twoLosses(scores[name]!);
    const shared = optimizeProgram(program);
    expect(waysBack(program)).toBe(before);
    expect(waysBack(shared)).toBe(after);
    verify(shared);
    // Constants that are folded together are rounded to f32.
    const expected = interpret(program, inputs).outputs;
    const found = interpret(shared, inputs).outputs;
    for (const [output, numbers] of Object.entries(expected)) {
      expect(Math.max(...numbers.map(Math.abs)), output).toBeGreaterThan(1e-3);
      numbers.forEach((number, at) => {
        expect(Math.abs(found[output]![at]! - number), `${output} ${at}`).toBeLessThan(1e-7);
      });
    }
  });

  test.each(['two scores a sample', 'features that see the whole batch'])('with %s do not', (name) => {
    const { program } = twoLosses(scores[name]!);
    expect(sharePullbacks(program)).toBe(program);
  });
});
