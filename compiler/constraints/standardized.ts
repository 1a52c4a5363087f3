import * as t from '../tensor/index.ts';
import type { Constraint } from './constraint.ts';

export const standardized: Constraint = {
  name: 'standardized',
  summary: 'gives the weights of every output mean 0 and variance 1',
  documentation: `
The kernel, seen as a matrix W with one column per output, is used as (W − mean) / √(variance + epsilon), with mean and variance
of each column. Meant for convolutions before a \`group_norm\`, which takes up the size of what they give.

Qiao, Wang, Liu, Shen & Yuille, *Micro-Batch Training with Batch-Channel Normalization and Weight Standardization*, 2019.
`,
  arguments: [{ name: 'epsilon', kind: 'number', summary: 'added to the variance', default: 1e-5, min: 0 }],
  bounds: true,
  state: () => [],
  apply({ weight, outputAxis, args }) {
    const others = weight.shape.flatMap((_, axis) => (axis === outputAxis ? [] : [axis]));
    const centred = t.sub(weight, t.mean(weight, others, true));
    const variance = t.mean(t.square(centred), others, true);
    return t.mul(centred, t.rsqrt(t.add(variance, args.number('epsilon'))));
  },
};
