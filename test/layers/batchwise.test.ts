import { describe, expect, test } from 'vitest';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { image, run } from './run.ts';

describe('minibatch_stddev', () => {
  test('adds the mean deviation of a group, whose examples lie a group apart', () => {
    // Two groups of two: examples 0 and 2 differ by 2 in one of two numbers, 1 and 3 by 4 in both.
    const x = { shape: [4, 1, 1, 2], data: [0, 5, 0, 0, 2, 5, 4, 4] };
    const { y } = run('minibatch_stddev(group: 2)', [x]);
    const added = y.filter((_, at) => at % 3 === 2);
    expectClose(added, [0.5, 2, 0.5, 2], 1e-3);
  });

  test('takes smaller groups where the batch cannot be cut evenly', () => {
    const x = { shape: [3, 1, 1, 1], data: [0, 0, 3] };
    const { y } = run('minibatch_stddev(group: 2)', [x]);
    // Groups of one: nothing differs.
    expectClose(
      y.filter((_, at) => at % 2 === 1),
      [0, 0, 0],
      1e-3,
    );
  });
});

test('minibatch_discrimination sums how near an example is to all of its batch', () => {
  const x = { shape: [3, 2], data: [...draw({ shape: [3, 2] }, 4).data] };
  const { y, weight } = run('minibatch_discrimination(2, size: 3)', [x]);
  const kernel = weight('kernel');
  const made = (example: number, at: number) =>
    x.data[2 * example]! * kernel[at]! + x.data[2 * example + 1]! * kernel[6 + at]!;
  const near = (a: number, b: number, row: number) =>
    Math.exp(-[0, 1, 2].reduce((sum, i) => sum + Math.abs(made(a, 3 * row + i) - made(b, 3 * row + i)), 0));
  const expected = [0, 1, 2].flatMap((example) => [
    x.data[2 * example]!,
    x.data[2 * example + 1]!,
    ...[0, 1].map((row) => [0, 1, 2].reduce((sum, other) => sum + near(example, other, row), 0)),
  ]);
  expectClose(y, expected);
});

describe('virtual_batch_norm', () => {
  test('normalizes by the reference batch and the example, n to 1', () => {
    const x = { shape: [2, 2], data: [0.5, -1, 3, 2] };
    const { y } = run('virtual_batch_norm(affine: false, epsilon: 0)', [x]);
    const reference = [...draw({ shape: [3, 2], range: [-1, 1] }, 60).data];
    expectClose(
      y,
      x.data.map((value, at) => {
        const all = [...reference.filter((_, index) => index % 2 === at % 2), value];
        const mean = all.reduce((a, b) => a + b, 0) / 4;
        return (value - mean) / Math.sqrt(all.reduce((sum, one) => sum + one * one, 0) / 4 - mean * mean);
      }),
    );
  });
});

describe('self_attention', () => {
  test('begins as nothing, and then adds what queries find', () => {
    const x = image(1, 2, 2, [1, 0, 0, 1]);
    const same = [1, 0, 0, 1];
    const weights = { theta: same, phi: same, g: same, out: same, gamma: [0] };
    const call = 'self_attention(keys: 1, values: 1, pooled: false)';
    expectClose(run(call, [x], { weights }).y, [1, 0, 0, 1]);
    const near = Math.E / (Math.E + 1);
    const { y } = run(call, [x], { weights: { ...weights, gamma: [2] } });
    expectClose(y, [1 + 2 * near, 2 * (1 - near), 2 * (1 - near), 1 + 2 * near]);
  });

  test('takes keys and values from the largest of four places', () => {
    const x = image(2, 2, 1, [1, 2, 3, 4]);
    const weights = { theta: [1], phi: [1], g: [1], out: [1], gamma: [1] };
    expectClose(run('self_attention(keys: 1, values: 1)', [x], { weights }).y, [5, 6, 7, 8]);
  });
});

test('maxout keeps the largest of neighbours', () => {
  expect(run('maxout(3)', [{ shape: [1, 6], data: [1, 9, 3, -4, -6, -5] }]).y).toEqual([9, -4]);
});

test('prelu has a slope per channel', () => {
  const x = { shape: [2, 2], data: [-1, -1, 4, 4] };
  expect(run('prelu', [x], { weights: { slopes: [0.25, 2] } }).y).toEqual([-0.25, -2, 4, 4]);
});

test('blend goes from one to the other', () => {
  const [a, b] = [image(1, 2, 1, [0, 4]), image(1, 2, 1, [4, 8])];
  expectClose(run('blend(amount: 0.25)', [a, b]).y, [1, 5]);
});
