import { expect, test } from 'vitest';
import { costOf } from '../../compiler/tensor/cost.ts';
import * as t from '../../compiler/tensor/index.ts';

test('a convolution and its two gradients cost the same, and a layer pays for both its passes', () => {
  const builder = new t.Builder('test');
  const x = t.input(builder, { name: 'x', shape: [2, 8, 8, 3], dtype: 'f32', from: { kind: 'count' } });
  const k = t.state(builder, { path: 'k', shape: [4, 4, 3, 5], dtype: 'f32', role: 'weight' });
  const padding = [
    [1, 1],
    [1, 1],
  ] as const;
  const y = builder.within('D/conv2d', () => t.conv(x, k, { strides: [2, 2], padding }));
  const loss = builder.within('loss D', () => t.sum(y));
  t.gradients(loss, [x, k]);
  const { flops, byOrigin } = costOf(builder.finish());
  const once = 2 * (2 * 4 * 4 * 5) * (4 * 4 * 3);
  expect(byOrigin.get('D/conv2d')!.flops).toBe(3 * once);
  expect(byOrigin.get('loss D')!.flops).toBe(160);
  expect(flops).toBe(3 * once + 160);
  expect(byOrigin.get('loss D')!.bytes).toBe(4 * (160 + 1) + 4 * (1 + 160));
});

test('a matmul counts two per multiply-add, either way round', () => {
  const builder = new t.Builder('test');
  const a = t.constant(builder, 1, [3, 5]);
  t.matmul(a, t.constant(builder, 1, [5, 7]));
  t.matmul(a, t.constant(builder, 1, [3, 7]), { transposeA: true });
  expect(costOf(builder.finish()).flops).toBe(2 * 3 * 5 * 7 * 2);
});
