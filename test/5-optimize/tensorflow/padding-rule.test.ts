import { expect, test } from 'vitest';
import { paddingRule } from '../../../compiler/5-optimize/tensorflow/padding-rule.ts';
import * as t from '../../../compiler/tensor/index.ts';

/** A convolution of images of 6 × 6 and its gradient with respect to them, both of the same use. */
function nodes(kernel: number, stride: number, padding: readonly [number, number]) {
  const builder = new t.Builder('test');
  const use = { strides: [stride, stride], padding: [padding, padding] };
  const x = t.constant(builder, 1, [1, 6, 6, 1]);
  const taps = t.constant(builder, 1, [kernel, kernel, 1, 1]);
  const y = t.conv(x, taps, use);
  const dx = t.convInputGrad(y, taps, { ...use, inputShape: x.shape });
  const dk = t.convFilterGrad(x, y, { ...use, filterShape: taps.shape });
  return [y, dx, dk].map(({ id }) => builder.nodes[id]!).map((node) => ({ node, builder }));
}

test.each([
  ['none', 3, 1, [0, 0], 'VALID'],
  ['half the kernel on each side', 3, 1, [1, 1], 'SAME'],
  ['as PyTorch halves a size with 4 taps', 4, 2, [1, 1], 'SAME'],
  ['as PyTorch halves a size with 3 taps', 3, 2, [1, 1], null],
  ['as TensorFlow halves a size with 3 taps', 3, 2, [0, 1], 'SAME'],
  ['what is odd stands behind', 4, 1, [1, 2], 'SAME'],
  ['what is odd stands before', 4, 1, [2, 1], null],
] as const)('%s', (_, kernel, stride, padding, rule) => {
  for (const { node, builder } of nodes(kernel, stride, padding)) {
    expect(
      paddingRule(
        node,
        node.inputs.map((input) => builder.nodes[input]!),
      ),
    ).toBe(rule);
  }
});
