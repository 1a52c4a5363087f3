import { describe, expect, test } from 'vitest';
import { adam } from '../../compiler/optimizers/adam.ts';
import { sgd } from '../../compiler/optimizers/sgd.ts';
import { expectClose } from '../reference/close.ts';
import { trajectory } from './one-weight.ts';

const GRADIENTS = [0.5, -1, 2, 0.25];

describe('adam', () => {
  /** Algorithm 1 of the paper, letter by letter. */
  function published(lr: number, beta1: number, beta2: number, epsilon: number): number[] {
    let [w, m, v] = [1, 0, 0];
    return GRADIENTS.map((g, index) => {
      const t = index + 1;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g ** 2;
      const mHat = m / (1 - beta1 ** t);
      const vHat = v / (1 - beta2 ** t);
      w -= (lr * mHat) / (Math.sqrt(vHat) + epsilon);
      return w;
    });
  }

  test('takes the steps of the published algorithm', () => {
    expectClose(trajectory('adam', 1, GRADIENTS), published(0.001, 0.9, 0.999, 1e-8));
    expectClose(
      trajectory('adam(lr: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 0.01)', 1, GRADIENTS),
      published(0.1, 0.5, 0.9, 0.01),
    );
  });

  test('keeps no m when beta1 is 0, and takes the same steps', () => {
    expect(adam.slots(new Map([['beta1', 0]]))).toEqual(['v']);
    expectClose(
      trajectory('adam(lr: 0.1, beta1: 0, beta2: 0.9)', 1, GRADIENTS),
      published(0.1, 0, 0.9, 1e-8),
    );
  });

  test('begins with a step of lr, whatever the size of the gradient', () => {
    expect(trajectory('adam(lr: 0.01)', 1, [1e-3])[0]).toBeCloseTo(0.99, 6);
    expect(trajectory('adam(lr: 0.01)', 1, [-1e3])[0]).toBeCloseTo(1.01, 6);
  });
});

describe('sgd', () => {
  test('steps against the gradient', () => {
    expectClose(trajectory('sgd(lr: 0.1)', 1, GRADIENTS), [0.95, 1.05, 0.85, 0.825]);
    expect(sgd.slots(new Map([['momentum', 0]]))).toEqual([]);
  });

  test('with momentum repeats a share of the last step', () => {
    // b: 0.5, −0.75, 1.625, 1.0625
    expectClose(trajectory('sgd(lr: 0.1, momentum: 0.5)', 1, GRADIENTS), [0.95, 1.025, 0.8625, 0.75625]);
  });

  test('with nesterov looks one step ahead', () => {
    // g + 0.5 · b: 0.75, −1.375, 2.8125, 0.78125
    const found = trajectory('sgd(lr: 0.1, momentum: 0.5, nesterov: true)', 1, GRADIENTS);
    expectClose(found, [0.925, 1.0625, 0.78125, 0.703125]);
  });
});

describe('rmsprop', () => {
  test('divides the gradient by the root of its moving square', () => {
    // v: 0.125, 0.5625, 2.28125, 1.171875
    const found = trajectory('rmsprop(lr: 0.1, rho: 0.5, epsilon: 0)', 1, GRADIENTS);
    let w = 1;
    const squares = [0.125, 0.5625, 2.28125, 1.171875];
    expectClose(
      found,
      GRADIENTS.map((g, at) => {
        w -= (0.1 * g) / Math.sqrt(squares[at]!);
        return w;
      }),
    );
  });

  test('adds epsilon outside the root', () => {
    expect(trajectory('rmsprop(lr: 1, rho: 0, epsilon: 1)', 1, [3])[0]).toBeCloseTo(1 - 3 / 4, 12);
  });
});

test('adam with l2 adds so many times the weight to its gradient', () => {
  let [w, m, v] = [1, 0, 0];
  const expected = GRADIENTS.map((gradient, index) => {
    const t = index + 1;
    const g = gradient + 0.3 * w;
    m = 0.5 * m + 0.5 * g;
    v = 0.9 * v + 0.1 * g ** 2;
    w -= (0.1 * (m / (1 - 0.5 ** t))) / (Math.sqrt(v / (1 - 0.9 ** t)) + 1e-8);
    return w;
  });
  expectClose(trajectory('adam(lr: 0.1, beta1: 0.5, beta2: 0.9, l2: 0.3)', 1, GRADIENTS), expected);
});

test('adamw takes lr · decay off a weight before the step of adam', () => {
  let [w, m, v] = [1, 0, 0];
  const expected = GRADIENTS.map((g, index) => {
    const t = index + 1;
    m = 0.5 * m + 0.5 * g;
    v = 0.9 * v + 0.1 * g ** 2;
    w -= 0.1 * 0.2 * w;
    w -= (0.1 * (m / (1 - 0.5 ** t))) / (Math.sqrt(v / (1 - 0.9 ** t)) + 1e-8);
    return w;
  });
  expectClose(trajectory('adamw(lr: 0.1, beta1: 0.5, beta2: 0.9, decay: 0.2)', 1, GRADIENTS), expected);
  expectClose(
    trajectory('adamw(lr: 0.1, decay: 0)', 1, GRADIENTS),
    trajectory('adam(lr: 0.1)', 1, GRADIENTS),
  );
});

test('adabelief takes the steps of its second algorithm', () => {
  const [lr, beta1, beta2, epsilon] = [0.1, 0.5, 0.9, 0.01];
  let [w, m, s] = [1, 0, 0];
  const expected = GRADIENTS.map((g, index) => {
    const t = index + 1;
    m = beta1 * m + (1 - beta1) * g;
    s = beta2 * s + (1 - beta2) * (g - m) ** 2 + epsilon;
    w -= (lr * (m / (1 - beta1 ** t))) / (Math.sqrt(s / (1 - beta2 ** t)) + epsilon);
    return w;
  });
  const call = 'adabelief(lr: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 0.01)';
  expectClose(trajectory(call, 1, GRADIENTS), expected);
});

test('lion steps by lr, the way that the smoothed gradient points', () => {
  // m: 0, 0.25, −0.375, 0.8125; 0.1 · m + 0.9 · g has the signs of g.
  expectClose(trajectory('lion(lr: 0.1, beta1: 0.1, beta2: 0.5)', 1, GRADIENTS), [0.9, 1, 0.9, 0.8]);
  let [w, m] = [1, 0];
  const gradients = [0.5, -1, 0.02, 9];
  const signs: number[] = [];
  const expected = gradients.map((g) => {
    signs.push(Math.sign(0.9 * m + 0.1 * g));
    w = w * (1 - 0.1 * 0.2) - 0.1 * signs.at(-1)!;
    m = 0.5 * m + 0.5 * g;
    return w;
  });
  // The third step goes the way of the gradients before it, not of its own.
  expect(signs).toEqual([1, 1, -1, 1]);
  expectClose(trajectory('lion(lr: 0.1, beta1: 0.9, beta2: 0.5, decay: 0.2)', 1, gradients), expected);
});
