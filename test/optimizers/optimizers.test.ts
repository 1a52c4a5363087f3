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
