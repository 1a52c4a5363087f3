import { expect, test } from 'vitest';
import type { StateVariable } from '../../compiler/tensor/program.ts';
import { carry } from '../../runtime/train/carry.ts';
import { stageAt } from '../../runtime/train/stage-at.ts';

const variable = (path: string, shape: readonly number[], role: StateVariable['role'] = 'weight') =>
  ({ path, shape, role, dtype: 'f32' }) as const;
const stored = (variables: readonly StateVariable[]) =>
  new Map(
    variables.map(({ path, shape }) => [
      path,
      { shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(7) },
    ]),
  );

test('what has the same path and shape goes on, with slots and averages; the rest is new or left behind', () => {
  const before = [
    variable('G/dense/kernel', [2, 3]),
    variable('ema/G/dense/kernel', [2, 3], 'ema'),
    variable('adam/G/dense/kernel/m', [2, 3], 'slot'),
    variable('G/ink[4]/bias', [5]),
    variable('D/dense/kernel', [4, 1]),
  ];
  const next = [...before.slice(0, 3), variable('G/ink[8]/bias', [5]), variable('D/dense/kernel', [16, 1])];
  const { values, weights } = carry(before, stored(before), next);
  expect([...values.keys()]).toEqual(['G/dense/kernel', 'ema/G/dense/kernel', 'adam/G/dense/kernel/m']);
  expect(weights).toEqual({
    kept: { tensors: 1, numbers: 6 },
    fresh: { tensors: 2, numbers: 21 },
    left: { tensors: 2, numbers: 9 },
  });
});

test('a reference batch goes on whole or not at all', () => {
  const kept = variable('D/reference/is_kept', [], 'statistic');
  const before = [kept, variable('D/reference/x', [4, 8], 'statistic')];
  const same = carry(before, stored(before), before);
  expect([...same.values.keys()]).toEqual(['D/reference/is_kept', 'D/reference/x']);
  const other = carry(before, stored(before), [kept, variable('D/reference/x', [4, 16], 'statistic')]);
  expect([...other.values.keys()]).toEqual([]);
});

test('so does a pool of examples, each on its own', () => {
  const pool = (place: string, size: number) => [
    variable(`train/old/${place}/kept`, [size, 2], 'slot'),
    variable(`train/old/${place}/count`, [1], 'slot'),
  ];
  const before = [...pool('pool', 4), ...pool('pool.2', 4)];
  const after = carry(before, stored(before), [...pool('pool', 4), ...pool('pool.2', 8)]);
  expect([...after.values.keys()]).toEqual(['train/old/pool/kept', 'train/old/pool/count']);
});

test('at its end a training is still in a stage, and after all of them in the last', () => {
  const stages = [{ start: 0 }, { start: 10 }, { start: 22 }];
  expect([0, 1, 10, 11, 22, 23, 99].map((step) => stageAt(stages, step))).toEqual([0, 0, 0, 1, 1, 2, 2]);
});
