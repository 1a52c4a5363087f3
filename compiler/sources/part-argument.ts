import type { Argument } from '../arguments/argument.ts';

export const partArgument: Argument = {
  name: 'part',
  kind: 'choice',
  summary: 'the images for training, or those kept apart for tests',
  default: 'train',
  choices: ['train', 'test'],
};
