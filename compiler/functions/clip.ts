import { defineElementwise, rising } from '../layers/parts/activation.ts';
import * as t from '../tensor/index.ts';

export const clip = defineElementwise({
  name: 'clip',
  summary: 'x cut off below low and above high',
  documentation: 'Number by number, any shape. No gradient passes where it is cut off.',
  arguments: [
    { name: 'low', kind: 'number', summary: 'the smallest number that stays' },
    { name: 'high', kind: 'number', summary: 'the largest number that stays' },
  ],
  range: (x, args) =>
    rising((value) => Math.min(Math.max(value, args.number('low')), args.number('high')))(x),
  apply: (x, args) => t.clip(x, args.number('low'), args.number('high')),
  examples: [{ call: 'clip(-0.4, 0.6)', inputs: [[2, 3]], output: [2, 3] }],
});
