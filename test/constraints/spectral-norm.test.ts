import { describe, expect, test } from 'vitest';
import { Arguments } from '../../compiler/arguments/arguments.ts';
import { spectralNorm } from '../../compiler/constraints/spectral-norm.ts';
import * as t from '../../compiler/tensor/index.ts';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';
import { largestSingularValue, matrixOf } from '../reference/matrix.ts';

function heldProgram(shape: readonly number[], outputAxis: number): t.Program {
  const builder = new t.Builder('held');
  const weight = t.state(builder, { path: 'w', shape, dtype: 'f32', role: 'weight' });
  const columns = shape[outputAxis]!;
  const [kept] = spectralNorm.state([t.sizeOf(shape) / columns, columns]);
  expect(kept).toEqual({ name: 'u', shape: [columns] });
  const held = spectralNorm.apply({
    weight,
    outputAxis,
    args: new Arguments(new Map()),
    state: (path) => t.state(builder, { path, shape: kept!.shape, dtype: 'f32', role: 'statistic' }),
    trained: () => {
      throw new Error('nothing is trained beside it');
    },
    assign: (path, value) => builder.assign(path, value),
  });
  builder.output('held', held);
  // Σ held · c, for a gradient with all its elements.
  const loss = t.sum(t.mul(held, t.constant(builder, [...draw({ shape }, 9).data], shape)));
  builder.output('loss', loss);
  builder.output('gradient', t.gradients(loss, [weight])[0]!);
  return builder.finish();
}

describe.each([
  { what: 'a matrix', shape: [6, 4], outputAxis: 1 },
  { what: 'a convolution', shape: [3, 3, 2, 4], outputAxis: 3 },
  { what: 'a transposed convolution', shape: [2, 2, 3, 5], outputAxis: 2 },
])('spectral_norm of $what', ({ shape, outputAxis }) => {
  const w = draw({ shape }, 4).data;
  const program = heldProgram(shape, outputAxis);
  const start = { w, u: draw({ shape: [shape[outputAxis]!] }, 5).data };

  test('converges to a largest singular value of 1', () => {
    const sigma = largestSingularValue(matrixOf(w, shape, outputAxis));
    let state: Readonly<Record<string, ArrayLike<number>>> = start;
    for (let step = 0; step < 300; step++) state = interpret(program, {}, state).state;
    const { held } = interpret(program, {}, state).outputs;
    expectClose(
      held!,
      w.map((value) => value / sigma),
      1e-8,
    );
    expect(largestSingularValue(matrixOf(held!, shape, outputAxis))).toBeCloseTo(1, 8);
  });

  test('once converged has the gradient of W / σ(W)', () => {
    let state: Readonly<Record<string, ArrayLike<number>>> = start;
    for (let step = 0; step < 300; step++) state = interpret(program, {}, state).state;
    const { gradient } = interpret(program, {}, state).outputs;
    const c = draw({ shape }, 9).data;
    const loss = (values: Float64Array) => {
      const sigma = largestSingularValue(matrixOf(values, shape, outputAxis));
      return values.reduce((sum, value, at) => sum + (value / sigma) * c[at]!, 0);
    };
    gradient!.forEach((slope, at) => {
      const [up, down] = [1e-5, -1e-5].map((shift) => loss(w.with(at, w[at]! + shift)));
      expect(slope).toBeCloseTo((up! - down!) / 2e-5, 6);
    });
  });
});
