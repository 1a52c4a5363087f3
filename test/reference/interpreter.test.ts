import { describe, expect, test } from 'vitest';
import * as t from '../../compiler/tensor/index.ts';
import { draw } from './draw.ts';
import { interpret } from './interpreter.ts';

/** Runs a function of given tensors. */
function run(
  inputs: readonly (readonly [shape: readonly number[], data: readonly number[]])[],
  written: (...values: [t.Value, t.Value]) => t.Value,
): number[] {
  const builder = new t.Builder('test');
  const [first, second] = inputs.map(([shape, data]) => t.constant(builder, data, shape));
  const result = written(first!, second ?? first!);
  builder.output('result', result);
  return [...interpret(builder.finish()).outputs.result!];
}

describe('the reference gives what was worked out by hand', () => {
  test('broadcasting', () => {
    expect(
      run(
        [
          [
            [2, 1],
            [1, 2],
          ],
          [[3], [10, 20, 30]],
        ],
        t.add,
      ),
    ).toEqual([11, 21, 31, 12, 22, 32]);
  });

  test('matmul, plain and transposed', () => {
    const a = [
      [2, 3],
      [1, 2, 3, 4, 5, 6],
    ] as const;
    const b = [
      [3, 2],
      [1, 0, 0, 1, 1, 1],
    ] as const;
    expect(run([a, b], (x, y) => t.matmul(x, y))).toEqual([4, 5, 10, 11]);
    expect(run([a, b], (x, y) => t.matmul(x, y, { transposeA: true, transposeB: true }))).toEqual([
      1, 4, 5, 2, 5, 7, 3, 6, 9,
    ]);
  });

  test('convolution is a correlation: the kernel is not turned round', () => {
    const x = [
      [1, 4, 1],
      [1, 2, 3, 4],
    ] as const;
    const kernel = [
      [2, 1, 1],
      [1, 10],
    ] as const;
    expect(run([x, kernel], (a, k) => t.conv(a, k))).toEqual([21, 32, 43]);
    expect(run([x, kernel], (a, k) => t.conv(a, k, { strides: [2], padding: [[1, 1]] }))).toEqual([
      10, 32, 4,
    ]);
    expect(run([x, kernel], (a, k) => t.conv(a, k, { dilations: [2] }))).toEqual([31, 42]);
  });

  test('its input gradient spreads the kernel, its filter gradient correlates', () => {
    const dy = [
      [1, 3, 1],
      [1, 2, 3],
    ] as const;
    const kernel = [
      [2, 1, 1],
      [1, 10],
    ] as const;
    const x = [
      [1, 4, 1],
      [1, 2, 3, 4],
    ] as const;
    expect(run([dy, kernel], (d, k) => t.convInputGrad(d, k, { inputShape: [1, 4, 1] }))).toEqual([
      1, 12, 23, 30,
    ]);
    expect(run([x, dy], (a, d) => t.convFilterGrad(a, d, { filterShape: [2, 1, 1] }))).toEqual([14, 20]);
  });

  test('groups do not see each other', () => {
    const x = [
      [1, 1, 2],
      [3, 5],
    ] as const;
    const kernel = [
      [1, 1, 2],
      [2, 7],
    ] as const;
    expect(run([x, kernel], (a, k) => t.conv(a, k, { groups: 2 }))).toEqual([6, 35]);
  });

  test('moves', () => {
    const x = [
      [2, 3],
      [1, 2, 3, 4, 5, 6],
    ] as const;
    expect(run([x], (a) => t.transpose(a))).toEqual([1, 4, 2, 5, 3, 6]);
    expect(run([x], (a) => t.slice(a, [0, 0], [2, 2], [1, 2]))).toEqual([1, 3, 4, 6]);
    expect(run([x], (a) => t.reverse(a, 1))).toEqual([3, 2, 1, 6, 5, 4]);
    expect(
      run([[[3], [1, 2, 3]]], (a) => t.pad(a, { before: [1], after: [2], interior: [1], value: 9 })),
    ).toEqual([9, 1, 9, 2, 9, 3, 9, 9]);
    expect(run([[[3], [1, 2, 3]]], (a) => t.pad(a, { before: [2], after: [1], mode: 'reflect' }))).toEqual([
      3, 2, 1, 2, 3, 2,
    ]);
    expect(run([x, x], (a, b) => t.concat([a, b], 1))).toEqual([1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6]);
  });

  test('rows by index, and back', () => {
    const table = [
      [3, 2],
      [1, 2, 3, 4, 5, 6],
    ] as const;
    const rows = (x: t.Value) => t.constant(x.builder, [2, 0, 2], [3], 'i32');
    expect(run([table], (x) => t.gather(x, rows(x)))).toEqual([5, 6, 1, 2, 5, 6]);
    expect(run([table], (x) => t.scatterAdd(rows(x), x, 3))).toEqual([3, 4, 0, 0, 6, 8]);
  });

  test('reductions', () => {
    const x = [
      [2, 3],
      [1, 7, 3, 4, 5, 7],
    ] as const;
    expect(run([x], (a) => t.sum(a, 0))).toEqual([5, 12, 10]);
    expect(run([x], (a) => t.max(a, 1))).toEqual([7, 7]);
    expect(run([x], (a) => t.cast(t.argmax(a, 0), 'f32'))).toEqual([1, 0, 1]);
  });

  test('functions at known places', () => {
    const [half, two, five] = run([[[3], [0.5, 2, 5]]], t.erf);
    expect(half).toBeCloseTo(0.5204998778130465, 14);
    expect(two).toBeCloseTo(0.9953222650189527, 14);
    expect(five).toBeCloseTo(0.9999999999984626, 14);
    expect(run([[[2], [-800, 800]]], t.softplus)).toEqual([0, 800]);
    expect(run([[[2], [-800, 800]]], t.sigmoid)).toEqual([0, 1]);
  });

  test('max_pool never chooses padding', () => {
    const x = [
      [1, 3, 1],
      [-5, -2, -9],
    ] as const;
    expect(run([x], (a) => t.maxPool(a, { window: [2], strides: [1], padding: [[1, 1]] }))).toEqual([
      -5, -2, -2, -9,
    ]);
  });
});

test('updates are written after the last node: every node reads the old state', () => {
  const builder = new t.Builder('test');
  const old = t.state(builder, { path: 'w', shape: [], dtype: 'f32', role: 'weight' });
  builder.assign('w', t.add(old, 1));
  builder.output(
    'doubled',
    t.mul(t.state(builder, { path: 'w', shape: [], dtype: 'f32', role: 'weight' }), 2),
  );
  const { outputs, state } = interpret(builder.finish(), {}, { w: [3], other: [8] });
  expect(outputs.doubled![0]).toBe(6);
  expect(state.w![0]).toBe(4);
  expect(state.other![0]).toBe(8);
});

test('an index outside of its table is an error, not a number', () => {
  const builder = new t.Builder('test');
  builder.output('x', t.gather(t.constant(builder, [1, 2], [2]), t.constant(builder, [2], [1], 'i32')));
  expect(() => interpret(builder.finish())).toThrow('row 2 of 2');
});

test('the same seed draws the same test input', () => {
  expect(draw({ shape: [4] }, 3)).toEqual(draw({ shape: [4] }, 3));
  expect(draw({ shape: [4] }, 3)).not.toEqual(draw({ shape: [4] }, 4));
});
