import * as t from '../tensor/index.ts';
import { defineElementwise, rising } from './parts/activation.ts';
import { belowZero } from './parts/below-zero.ts';

export const elu = defineElementwise({
  name: 'elu',
  summary: 'x above 0, alpha · (eˣ − 1) below',
  documentation: `
Any shape. It bends smoothly to −alpha, so its mean stays closer to 0 than that of relu.

Clevert, Unterthiner & Hochreiter, *Fast and Accurate Deep Network Learning by Exponential Linear Units*, 2016.
`,
  arguments: [{ name: 'alpha', kind: 'number', summary: 'how far below 0 it reaches', default: 1, min: 0 }],
  range: (x, args) => rising((value) => (value > 0 ? value : args.number('alpha') * Math.expm1(value)))(x),
  keeps: 2,
  apply: (x, args) => t.select(t.greater(x, 0), x, belowZero(x, args.number('alpha'))),
  examples: [
    { call: 'elu', inputs: [[7]], output: [7] },
    { call: 'elu(0.5)', inputs: [[3, 2, 2]], output: [3, 2, 2] },
  ],
});
