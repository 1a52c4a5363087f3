import { expect, test } from 'vitest';
import { exampleSpec } from '../../../compiler/diagnostics/example-spec.ts';
import { findings } from '../findings.ts';

/** What is found where a norm stands behind layers that make a vector or a map of these sizes of [16, 16, 3]. */
const behind = (before: string, norm: string) =>
  findings(
    exampleSpec({
      discriminator: `
discriminator D(x: faces.image) -> [1] {
  w = x -> flatten -> dense(4)
  return x -> ${before} -> ${norm} -> flatten -> dense(1)
}`,
    }),
  ).filter((finding) => finding.startsWith('norm-of-one-number'));

const ONE = 'conv2d(8, kernel: 16, padding: "valid", bias: false)';
const TWO = 'conv2d(8, kernel: 8, stride: 8, bias: false)';

test.each([
  [ONE, 'instance_norm', 'instance_norm', '[1, 1, 8] is one number per channel'],
  [ONE, 'instance_norm(affine: true)', 'instance_norm', '[1, 1, 8] is one number per channel'],
  [ONE, 'adaptive_instance_norm(w)', 'adaptive_instance_norm', '[1, 1, 8] is one number per channel'],
  [ONE, 'conditional_instance_norm(w)', 'conditional_instance_norm', '[1, 1, 8] is one number per channel'],
  [ONE, 'group_norm(8)', 'group_norm', '[1, 1, 8] is one number per group of channels'],
  ['flatten -> dense(1)', 'layer_norm', 'layer_norm', '[1] is one number per example'],
  [
    'conv2d(1, kernel: 3)',
    'layer_norm(over: "channels")',
    'layer_norm',
    '[16, 16, 1] is one number per place',
  ],
])('behind %s, %s gives zeros', (before, norm, layer, what) => {
  expect(behind(before, norm)).toEqual([
    `norm-of-one-number: ${layer} gives nothing but zeros here: ${what}`,
  ]);
});

test.each([
  [TWO, 'instance_norm'],
  [TWO, 'group_norm(8)'],
  [ONE, 'group_norm(4)'],
  [ONE, 'layer_norm'],
  [ONE, 'layer_norm(over: "channels")'],
  [ONE, 'batch_norm'],
  ['flatten -> dense(2)', 'layer_norm'],
])('behind %s, %s has more than one', (before, norm) => {
  expect(behind(before, norm)).toEqual([]);
});
