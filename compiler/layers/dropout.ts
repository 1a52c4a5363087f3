import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';

export const dropout = defineLayer({
  name: 'dropout',
  summary: 'sets numbers to zero at random in training, and enlarges the others to make up for it',
  documentation: `
Any shape. In training every number is dropped with probability \`rate\`, and the others are multiplied by 1 / (1 − rate),
so that the mean stays. When sampling nothing is dropped, unless \`always: true\`: pix2pix keeps dropout there as its only
source of randomness.

Srivastava et al., *Dropout*, 2014. Isola et al., *Image-to-Image Translation with Conditional Adversarial Networks*, 2017.
`,
  inputs: 'one',
  arguments: [
    { name: 'rate', kind: 'number', summary: 'the share that is dropped', default: 0.5, min: 0, max: 0.99 },
    { name: 'always', kind: 'boolean', summary: 'whether sampling drops as well', default: false },
  ],
  isRandom: true,
  shape: ({ inputs: [x] }) => x!,
  range([x], args) {
    const scale = 1 / (1 - args.number('rate'));
    return { low: Math.min(0, x!.low * scale), high: Math.max(0, x!.high * scale) };
  },
  lower({ inputs: [x], args, training, uniform }) {
    const rate = args.number('rate');
    if (rate === 0 || !(training || args.boolean('always'))) return x!;
    return t.mul(x!, t.select(t.less(uniform(x!.shape), rate), 0, 1 / (1 - rate)));
  },
  examples: [
    { call: 'dropout', inputs: [[6]], output: [6] },
    { call: 'dropout(0.3)', inputs: [[3, 2, 2]], output: [3, 2, 2] },
    { call: 'dropout(0.9, always: true)', inputs: [[4]], output: [4] },
    { call: 'dropout(0)', inputs: [[4]], output: [4] },
  ],
});
