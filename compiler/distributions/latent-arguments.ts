import type { Argument } from '../arguments/argument.ts';

export const sizeArgument: Argument = {
  name: 'size',
  kind: 'shape',
  summary: 'for a latent: how many numbers per example, or their shape as a list; otherwise left out',
  default: null,
};

export const meanArgument: Argument = { name: 'mean', kind: 'number', summary: 'the centre', default: 0 };

export const stdArgument: Argument = {
  name: 'std',
  kind: 'number',
  summary: 'the standard deviation',
  default: 1,
  min: 0,
};
