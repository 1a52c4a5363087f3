import { describe, expect, test } from 'vitest';
import * as t from '../../compiler/tensor/index.ts';
import { gradientOrigin, plainOrigin } from '../../compiler/tensor/origin.ts';
import { deviation, type Written } from '../reference/finite-differences.ts';
import { interpret } from '../reference/interpreter.ts';

function scalars(...numbers: number[]): [t.Builder, t.Value[]] {
  const builder = new t.Builder('test');
  return [builder, numbers.map((number) => t.constant(builder, [number], []))];
}

/** The numbers of some values. */
function numbersOf(builder: t.Builder, values: readonly t.Value[]): number[][] {
  values.forEach((value, index) => {
    builder.output(`${index}`, value);
  });
  const { outputs } = interpret(builder.finish());
  return values.map((_, index) => [...outputs[`${index}`]!]);
}

describe('composed functions agree with finite differences to second order', () => {
  const functions: Readonly<Record<string, readonly [Written, readonly (readonly number[])[]]>> = {
    'a value used on many ways': [
      ([x, y]) => t.add(t.mul(t.exp(x!), t.tanh(t.mul(x!, y!))), t.div(x!, t.add(t.square(y!), 1))),
      [[2, 3], [3]],
    ],
    'a normalisation': [
      ([x]) => {
        const centred = t.sub(x!, t.mean(x!, [0, 1], true));
        return t.mul(centred, t.rsqrt(t.add(t.variance(x!, [0, 1], true), 1e-3)));
      },
      [[3, 2, 2]],
    ],
    'softmax along either axis': [([x]) => t.add(t.softmax(x!), t.softmax(t.mul(x!, 2), 0)), [[3, 4]]],
    logsumexp: [([x]) => t.logsumexp(x!, [0, 2]), [[2, 3, 2]]],
    'a norm': [([x]) => t.norm(x!, [1]), [[2, 3]]],
    'average pooling that overlaps and pads': [
      ([x]) =>
        t.avgPool(x!, {
          window: [3, 2],
          strides: [2, 1],
          padding: [
            [1, 1],
            [0, 1],
          ],
        }),
      [[1, 5, 4, 2]],
    ],
    'nearest upsampling and pixel shuffle': [
      ([x]) => t.mul(t.upsampleNearest(x!, [2, 2]), t.pixelShuffle(t.concat([x!, x!, x!, x!], 3), 2)),
      [[1, 2, 3, 1]],
    ],
    'a transposed convolution of a pooled one': [
      ([x, k]) =>
        t.convInputGrad(t.maxPool(t.conv(x!, k!), { window: [2] }), t.tanh(k!), { inputShape: [1, 4, 2] }),
      [
        [1, 7, 2],
        [2, 2, 3],
      ],
    ],
    'a gradient inside': [([x]) => t.tanh(t.gradients(t.sum(t.exp(t.mul(x!, t.sin(x!)))), [x!])[0]!), [[4]]],
  };
  test.each(Object.entries(functions))('%s', (_title, [written, shapes]) => {
    const found = deviation(
      written,
      shapes.map((shape) => ({ shape })),
    );
    expect(found.first).toBeLessThan(1e-7);
    expect(found.second).toBeLessThan(1e-5);
  });
});

test('gradients of gradients, as often as asked', () => {
  const [builder, [x]] = scalars(0.7);
  let y = t.tanh(t.mul(x!, x!));
  const derivatives = [1, 2, 3, 4].map(() => {
    [y] = t.gradients(y, [x!]) as [t.Value];
    return y;
  });
  const h = 1e-3;
  const f = (at: number) => Math.tanh(at * at);
  const fourth = (f(0.7 - 2 * h) - 4 * f(0.7 - h) + 6 * f(0.7) - 4 * f(0.7 + h) + f(0.7 + 2 * h)) / h ** 4;
  const third = (f(0.7 + 2 * h) - 2 * f(0.7 + h) + 2 * f(0.7 - h) - f(0.7 - 2 * h)) / (2 * h ** 3);
  const found = numbersOf(builder, derivatives).map(([number]) => number!);
  expect(found[0]).toBeCloseTo((f(0.7 + 1e-6) - f(0.7 - 1e-6)) / 2e-6, 8);
  expect(found[1]).toBeCloseTo((f(0.7 + h) - 2 * f(0.7) + f(0.7 - h)) / h ** 2, 4);
  expect(found[2]).toBeCloseTo(third, 3);
  expect(found[3]).toBeCloseTo(fourth, 2);
});

describe('what is asked', () => {
  test('zeros where y does not depend on x, or only through what is constant', () => {
    const [builder, [x, y]] = scalars(2, 3);
    const loss = t.mul(t.add(t.stopGradient(x!), t.floor(x!)), y!);
    expect(numbersOf(builder, t.gradients(loss, [x!, y!]))).toEqual([[0], [4]]);
  });

  test('with respect to a value half-way, and to y itself', () => {
    const [builder, [x]] = scalars(3);
    const square = t.square(x!);
    const loss = t.mul(square, square);
    expect(numbersOf(builder, t.gradients(loss, [square, x!, loss]))).toEqual([[18], [108], [1]]);
  });

  test('the same value twice gives the same gradient twice', () => {
    const [builder, [x]] = scalars(3);
    expect(numbersOf(builder, t.gradients(t.square(x!), [x!, x!]))).toEqual([[6], [6]]);
  });

  test('a pullback weighs the elements of y', () => {
    const builder = new t.Builder('test');
    const x = t.constant(builder, [1, 2, 3], [3]);
    const [d] = t.pullback(t.square(x), [x], t.constant(builder, [1, 10, 100], [3]));
    expect(numbersOf(builder, [d!])).toEqual([[2, 40, 600]]);
  });

  test('only what leads to xs is computed', () => {
    const builder = new t.Builder('test');
    const state = (path: string, shape: readonly number[]) =>
      t.state(builder, { path, shape, dtype: 'f32', role: 'weight' });
    const [x, k] = [state('x', [1, 5, 1]), state('k', [3, 1, 1])];
    const y = t.sum(t.conv(x, t.tanh(k)));
    const before = builder.nodes.length;
    t.gradients(y, [x]);
    const added = builder.nodes.slice(before).map((node) => node.op);
    expect(added).toContain('conv_input_grad');
    expect(added).not.toContain('conv_filter_grad');
    expect(added).not.toContain('mul');
  });

  test('a vector, another kind, or a value of another program is refused', () => {
    const [builder, [x]] = scalars(1);
    expect(() => t.gradients(t.broadcast(x!, [2]), [x!])).toThrow('shape [2]');
    const index = t.constant(builder, 1, [], 'i32');
    expect(() => t.gradients(x!, [index])).toThrow('f32');
    const [, [other]] = scalars(1);
    expect(() => t.add(x!, other!)).toThrow('mixes values');
    expect(() => t.gradients(x!, [other!])).toThrow('another program');
  });
});

describe('places where naive rules give NaN or lose the gradient', () => {
  function slopeAt(number: number, written: (x: t.Value) => t.Value, order = 1): number {
    const [builder, [x]] = scalars(number);
    let y = written(x!);
    for (let n = 0; n < order; n++) [y] = t.gradients(y, [x!]) as [t.Value];
    return numbersOf(builder, [y])[0]![0]!;
  }

  test('the norm of a zero vector, to second order', () => {
    const builder = new t.Builder('test');
    const x = t.constant(builder, 0, [3]);
    const [slope] = t.gradients(t.norm(x), [x]);
    const [curvature] = t.gradients(t.square(t.sub(t.norm(slope!), 1)), [x]);
    expect(numbersOf(builder, [slope!, curvature!])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  test('softplus and sigmoid far out', () => {
    for (const order of [1, 2]) {
      for (const far of [-1000, 1000]) {
        const expected = order === 1 && far > 0 ? 1 : 0;
        expect(slopeAt(far, t.softplus, order)).toBeCloseTo(expected, 12);
        expect(slopeAt(far, t.sigmoid, order)).toBeCloseTo(0, 12);
      }
    }
  });

  test('powers', () => {
    expect(slopeAt(0, (x) => t.pow(x, 2))).toBe(0);
    expect(slopeAt(0, (x) => t.pow(x, 2), 2)).toBe(2);
    expect(slopeAt(0, (x) => t.pow(x, 1))).toBe(1);
    expect(slopeAt(0, (x) => t.pow(x, 0))).toBe(0);
    expect(slopeAt(-2, (x) => t.pow(x, 3))).toBe(12);
    expect(slopeAt(-2, (x) => t.pow(x, 3), 2)).toBe(-12);
    const [builder, [x, y]] = scalars(0, 0);
    const power = t.pow(x!, t.add(y!, 0));
    expect(numbersOf(builder, t.gradients(power, [x!, y!]))).toEqual([[0], [0]]);
  });

  test('ties: a maximum gives all to the first, a reduction shares', () => {
    const builder = new t.Builder('test');
    const x = t.constant(builder, [1, 3, 3, 2], [4]);
    const y = t.constant(builder, [1, 3, 3, 2], [4]);
    const found = numbersOf(builder, [
      ...t.gradients(t.sum(t.maximum(x, y)), [x, y]),
      ...t.gradients(t.max(x), [x]),
    ]);
    expect(found).toEqual([
      [1, 1, 1, 1],
      [0, 0, 0, 0],
      [0, 0.5, 0.5, 0],
    ]);
  });

  test('softmax and logsumexp of large numbers', () => {
    const builder = new t.Builder('test');
    const x = t.constant(builder, [1000, 1000], [2]);
    const [slope] = t.gradients(t.logsumexp(x), [x]);
    expect(numbersOf(builder, [t.logsumexp(x), t.softmax(x), slope!])).toEqual([
      [1000 + Math.log(2)],
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
  });
});

test('what autodiff adds carries the origin of the node it differentiates', () => {
  const [builder, [x]] = scalars(2);
  const y = builder.within('D/dense', () => t.tanh(x!));
  const [slope] = t.gradients(y, [x!]);
  t.gradients(slope!, [x!]);
  const origins = new Set(builder.nodes.slice(y.id).map((node) => node.origin));
  expect(origins).toEqual(new Set(['D/dense', '', 'D/dense gradient']));
  expect(gradientOrigin('D/dense gradient')).toBe('D/dense gradient');
  expect(plainOrigin('D/dense gradient')).toBe('D/dense');
});
