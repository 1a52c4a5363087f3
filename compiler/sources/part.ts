import type { Argument } from '../arguments/argument.ts';

/** Which part of a set that comes in two. */
export const partArgument: Argument = {
  name: 'part',
  kind: 'choice',
  choices: ['train', 'test'],
  default: 'train',
  summary: 'the examples to learn from, or those held back',
};
