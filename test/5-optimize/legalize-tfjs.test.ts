import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tfjsTarget } from '../../compiler/5-optimize/legalize-tfjs.ts';
import { optimizeProgram } from '../../compiler/5-optimize/optimize.ts';
import * as t from '../../compiler/tensor/index.ts';
import { programOf } from '../engines/tfjs/twice-differentiated.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';
import { primitiveExamples } from '../tensor/examples.ts';

/** What the tfjs backends cannot do, or not well: none of it may be left. */
const lacking = {
  wasm: (node: t.Node) =>
    ['conv_input_grad', 'conv_filter_grad', 'max_pool'].includes(node.op) ||
    (node.op === 'matmul' && (node.attributes.transposeA || node.attributes.transposeB)) ||
    (node.op === 'conv' && (node.shape.length !== 4 || node.attributes.groups !== 1)),
  cpu: (node: t.Node) => node.op === 'max_pool' || (node.op === 'conv' && node.shape.length !== 4),
} as const;

/** The largest difference on the float64 reference between a program and what is made of it for a backend. */
function change(program: t.Program, backend: 'wasm' | 'cpu', inputs: Record<string, Float64Array>): number {
  const target = tfjsTarget(backend);
  const after = optimizeProgram(program, target);
  expect(after.nodes.filter(lacking[backend]).map(({ op }) => op)).toEqual([]);
  const expected = interpret(program, inputs).outputs;
  const found = interpret(after, inputs, {}, target.primitives).outputs;
  let worst = 0;
  for (const [name, numbers] of Object.entries(expected)) {
    const scale = numbers.reduce((largest, number) => Math.max(largest, Math.abs(number)), 1);
    numbers.forEach((number, at) => {
      const error = Math.abs(number - found[name]![at]!) / scale;
      worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
    });
  }
  return worst;
}

describe.each(['wasm', 'cpu'] as const)('for %s', (backend) => {
  test.each(primitiveExamples)('$title and both gradients stay what they are', (example) => {
    const inputs = Object.fromEntries(
      example.inputs.map((input, index) => [`x${index}`, draw(input, index + 1).data]),
    );
    // Constants that are folded together are rounded to f32.
    expect(change(programOf(example), backend, inputs)).toBeLessThan(1e-6);
  });
});

const sizes = fc.integer({ min: 1, max: 7 });
const small = fc.integer({ min: 1, max: 3 });
const pairs = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }));

/** Any two-axis convolution that there is, with both gradients. */
const convolutions = fc
  .record({
    size: fc.tuple(sizes, sizes),
    window: fc.tuple(small, small),
    strides: fc.tuple(small, small),
    dilations: fc.tuple(small, small),
    padding: fc.tuple(pairs, pairs),
    groups: fc.integer({ min: 1, max: 2 }),
    channels: fc.integer({ min: 1, max: 2 }),
    filters: fc.integer({ min: 1, max: 2 }),
  })
  .filter(({ size, window, dilations, padding }) =>
    size.every(
      (length, axis) =>
        length + padding[axis]![0] + padding[axis]![1] > (window[axis]! - 1) * dilations[axis]!,
    ),
  );

test('any two-axis convolution and both its gradients, for wasm', () => {
  fc.assert(
    fc.property(convolutions, ({ size, window, channels, filters, ...attributes }) => {
      const { groups } = attributes;
      const builder = new t.Builder('test');
      const x = t.input(builder, {
        name: 'x',
        shape: [2, ...size, channels * groups],
        dtype: 'f32',
        from: { kind: 'count' },
      });
      const kernel = t.input(builder, {
        name: 'kernel',
        shape: [...window, channels, filters * groups],
        dtype: 'f32',
        from: { kind: 'count' },
      });
      const y = t.conv(x, kernel, attributes);
      builder.output('y', y);
      t.gradients(t.sum(t.square(y)), [x, kernel]).forEach((gradient, index) => {
        builder.output(`gradient ${index}`, gradient);
      });
      const inputs = { x: draw(x, 1).data, kernel: draw(kernel, 2).data };
      expect(change(builder.finish(), 'wasm', inputs)).toBeLessThan(1e-6);
    }),
    { numRuns: 150 },
  );
});
