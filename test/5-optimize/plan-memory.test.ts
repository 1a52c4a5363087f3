import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planMemory } from '../../compiler/5-optimize/plan-memory.ts';
import * as t from '../../compiler/tensor/index.ts';
import { randomPrograms } from './random-program.ts';

test('a chain of equal tensors holds two of them at a time, and the views of one are not counted', () => {
  const builder = new t.Builder('test');
  let x = t.input(builder, { name: 'x', shape: [10, 10], dtype: 'f32', from: { kind: 'count' } });
  for (let step = 0; step < 5; step++) x = t.reshape(t.tanh(x), step % 2 === 0 ? [100] : [10, 10]);
  builder.output('x', x);
  const plan = planMemory(builder.finish());
  expect(plan.peakBytes).toBe(2 * 400);
  expect(plan.root).toEqual([0, 1, 1, 3, 3, 5, 5, 7, 7, 9, 9]);
  expect(plan.freeAfter).toEqual([[], [0], [], [1], [], [3], [], [5], [], [7], []]);
});

test('what a view shows is kept until the view has been read', () => {
  const builder = new t.Builder('test');
  const x = t.input(builder, { name: 'x', shape: [4], dtype: 'f32', from: { kind: 'count' } });
  const view = t.reshape(x, [2, 2]);
  const other = t.tanh(x);
  builder.output('sum', t.add(t.reshape(other, [2, 2]), view));
  expect(planMemory(builder.finish()).freeAfter).toEqual([[], [], [], [], [0, 2]]);
});

test('a value that nobody reads is freed at once; state and constants are never freed', () => {
  const builder = new t.Builder('test');
  const w = t.state(builder, { path: 'w', shape: [4], dtype: 'f32', role: 'weight' });
  t.mul(w, 2);
  builder.assign('w', t.tanh(w));
  expect(planMemory(builder.finish()).freeAfter).toEqual([[], [], [2], []]);
});

test('everything is freed once, after its last use, and outputs never', () => {
  fc.assert(
    fc.property(randomPrograms, ({ program }) => {
      const { freeAfter, root } = planMemory(program);
      const freed = new Set<number>();
      program.nodes.forEach((node, id) => {
        for (const input of node.inputs) expect(freed.has(root[input]!)).toBe(false);
        for (const gone of freeAfter[id]!) {
          expect(freed.has(gone)).toBe(false);
          freed.add(gone);
        }
      });
      const kept = [...program.outputs, ...program.updates].map(({ value }) => root[value]!);
      for (const value of kept) expect(freed.has(value)).toBe(false);
      program.nodes.forEach((node, id) => {
        const isOwner = root[id] === id && !['state', 'constant'].includes(node.op);
        if (isOwner && !kept.includes(id)) expect(freed.has(id)).toBe(true);
      });
    }),
    { numRuns: 50 },
  );
});
