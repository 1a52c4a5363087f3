import { maximum } from '../../functions/maximum.ts';
import { minimum } from '../../functions/minimum.ts';
import { add } from '../../layers/add.ts';
import { concat } from '../../layers/concat.ts';
import { type KerasClass, only } from './keras-class.ts';

export const merges: readonly KerasClass[] = [
  { names: ['Add'], write: () => [{ layer: add }] },
  { names: ['Subtract'], write: () => [{ operator: '-' }] },
  { names: ['Multiply'], write: () => [{ operator: '*' }] },
  {
    names: ['Average'],
    write: (_config, inputs) => [{ layer: add }, { operator: '*', number: 1 / inputs.length }],
  },
  { names: ['Maximum'], write: () => [{ layer: maximum }] },
  { names: ['Minimum'], write: () => [{ layer: minimum }] },
  {
    names: ['Concatenate'],
    write(config, inputs) {
      config.require('axis', [-1, only(inputs).length]);
      return [{ layer: concat }];
    },
  },
];
