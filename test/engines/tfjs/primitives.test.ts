import { describe, expect, test } from 'vitest';
import * as t from '../../../compiler/tensor/index.ts';
import { draw } from '../../reference/draw.ts';
import { primitiveExamples } from '../../tensor/examples.ts';
import { difference, keepStarted } from '../compare.ts';
import { programOf } from '../twice-differentiated.ts';

const TOLERANCE = 2e-5;

describe.each(['wasm', 'cpu'])(
  'on %s every primitive and its gradients agree with the reference',
  (engine) => {
    keepStarted(engine);

    test.each(primitiveExamples)('$title', async (example) => {
      const program = programOf(example);
      const inputs = Object.fromEntries(
        example.inputs.map((input, index) => [`x${index}`, draw(input, index + 1).data]),
      );
      expect(await difference(engine, program, inputs)).toBeLessThan(TOLERANCE);
    });
  },
);

describe('on wasm', () => {
  keepStarted('wasm');

  test('a batch of products that are large enough to be taken one by one', async () => {
    const builder = new t.Builder('products');
    const factor = (name: string, shape: readonly number[]) =>
      t.input(builder, { name, shape, dtype: 'f32', from: { kind: 'count' } });
    const [a, b] = [factor('a', [2, 3, 48, 40]), factor('b', [2, 3, 40, 64])];
    const y = t.matmul(a, b);
    builder.output('y', y);
    t.gradients(t.sum(t.square(y)), [a, b]).forEach((gradient, index) => {
      builder.output(`gradient ${index}`, gradient);
    });
    const inputs = { a: draw(a, 1).data, b: draw(b, 2).data };
    expect(await difference('wasm', builder.finish(), inputs)).toBeLessThan(TOLERANCE);
  });
});
