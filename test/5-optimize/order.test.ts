import fc from 'fast-check';
import { expect, test } from 'vitest';
import { order } from '../../compiler/5-optimize/order.ts';
import { planMemory } from '../../compiler/5-optimize/plan-memory.ts';
import * as t from '../../compiler/tensor/index.ts';
import { verify } from '../../compiler/tensor/verify.ts';
import { interpret } from '../reference/interpreter.ts';
import { randomPrograms } from './random-program.ts';

/** Two passes through a small critic, one loss: as real and fake are. */
function twoPasses(): t.Program {
  const builder = new t.Builder('update.D');
  const weights = [0, 1, 2, 3].map((layer) =>
    t.state(builder, { path: `w${layer}`, shape: [50, 50], dtype: 'f32', role: 'weight' }),
  );
  const score = (name: string) => {
    const x = t.input(builder, { name, shape: [100, 50], dtype: 'f32', from: { kind: 'count' } });
    return t.mean(weights.reduce((h, w) => t.tanh(t.matmul(h, w)), x));
  };
  const loss = t.sub(score('fake'), score('real'));
  builder.output('loss', loss);
  t.gradients(loss, weights).forEach((slope, layer) => {
    builder.assign(`w${layer}`, t.sub(weights[layer]!, slope));
  });
  return builder.finish();
}

test('one pass is differentiated before the next begins', () => {
  const program = twoPasses();
  const ordered = order(program);
  verify(ordered);
  expect(planMemory(ordered).peakBytes).toBeLessThan(0.8 * planMemory(program).peakBytes);
  const fake = ordered.nodes.findLastIndex((node) => node.op === 'tanh');
  const slopes = ordered.nodes.findIndex(
    (node) => node.op === 'matmul' && node.attributes.transposeA === true,
  );
  expect(slopes).toBeLessThan(fake);
});

test('a pass is followed to its end, though others would begin with less', () => {
  // Narrow at first and wide then: what is made first of another pass is smaller than what is made next of this one.
  const passes = (count: number) => {
    const builder = new t.Builder('update.G');
    const widths = [8, 16, 64, 256, 1];
    const weights = widths
      .slice(1)
      .map((width, layer) =>
        t.state(builder, { path: `w${layer}`, shape: [widths[layer]!, width], dtype: 'f32', role: 'weight' }),
      );
    const losses = Array.from({ length: count }, (_, pass) => {
      const x = t.input(builder, {
        name: `x${pass}`,
        shape: [200, 8],
        dtype: 'f32',
        from: { kind: 'count' },
      });
      return t.mean(weights.reduce((h, w) => t.tanh(t.matmul(h, w)), x));
    });
    const loss = losses.reduce((a, b) => t.add(a, b));
    t.gradients(loss, weights).forEach((slope, layer) => {
      builder.assign(`w${layer}`, t.sub(weights[layer]!, slope));
    });
    return planMemory(order(builder.finish())).peakBytes;
  };
  // More passes cost their inputs, and the gradients that wait for those of the next.
  expect(passes(6)).toBeLessThan(1.7 * passes(1));
});

test('results stay the same, bit for bit, and no program needs more memory', () => {
  fc.assert(
    fc.property(randomPrograms, ({ program, inputs, state }) => {
      const ordered = order(program);
      verify(ordered);
      expect(ordered.nodes.length).toBe(program.nodes.length);
      expect(planMemory(ordered).peakBytes).toBeLessThanOrEqual(planMemory(program).peakBytes);
      expect(interpret(ordered, inputs, state)).toEqual(interpret(program, inputs, state));
    }),
    { numRuns: 100 },
  );
});

test('a program that cannot do with less stays in its order', () => {
  const builder = new t.Builder('chain');
  const x = t.input(builder, { name: 'x', shape: [10], dtype: 'f32', from: { kind: 'count' } });
  builder.output('y', t.exp(t.tanh(x)));
  const program = builder.finish();
  expect(order(program)).toBe(program);
});
