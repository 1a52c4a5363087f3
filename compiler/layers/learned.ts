import { Arguments, type CallValue } from '../arguments/arguments.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { lrArgument } from './parts/weight-arguments.ts';

const NORMAL: CallValue = { name: 'normal', arguments: new Arguments(new Map()) };

export const learned = defineLayer({
  name: 'learned',
  summary: 'a trained tensor, the same for every example, whatever flows in',
  documentation: `
\`w -> learned(4, 4, 512)\` is a tensor of that shape which is trained like a weight; what flows in says only how many examples there
are. StyleGAN's generator begins with one, and takes its latent by the styles alone. It is drawn by \`init\`, the standard normal
distribution when nothing is written.

Karras, Laine & Aila, *A Style-Based Generator Architecture*, 2019.
`,
  inputs: 'one',
  arguments: [
    { name: 'shape', kind: 'sizes', summary: 'the sizes, without the batch', rest: true, min: 1 },
    {
      name: 'init',
      kind: 'distribution',
      summary: 'where it is drawn at first; none: normal',
      default: null,
    },
    lrArgument,
  ],
  shape: ({ args }) => args.dims('shape'),
  weights: (_inputs, args) => [
    {
      name: 'value',
      shape: args.ints('shape'),
      kind: 'weight',
      initial: { kind: 'distribution', call: args.call('init') ?? NORMAL },
    },
  ],
  lower: ({ inputs: [x], weight }) => t.repeatAlong(weight('value'), 0, x!.shape[0]!),
  examples: [
    { call: 'learned(2, 2, 3)', inputs: [[4]], output: [2, 2, 3], weights: 12 },
    { call: 'learned(3, init: uniform)', inputs: [[2, 2]], output: [3], weights: 3 },
  ],
});
