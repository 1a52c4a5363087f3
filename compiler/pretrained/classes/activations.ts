import { clip } from '../../functions/clip.ts';
import { elu } from '../../layers/elu.ts';
import { gelu } from '../../layers/gelu.ts';
import { leakyRelu } from '../../layers/leaky-relu.ts';
import { relu } from '../../layers/relu.ts';
import { selu } from '../../layers/selu.ts';
import { sigmoid } from '../../layers/sigmoid.ts';
import { softmax } from '../../layers/softmax.ts';
import { softplus } from '../../layers/softplus.ts';
import { swish } from '../../layers/swish.ts';
import { tanh } from '../../layers/tanh.ts';
import { type Config, isObject } from '../config.ts';
import { ModelError } from '../model-error.ts';
import { type KerasClass, only, type Step } from './keras-class.ts';

const relu6: Step = { layer: clip, args: { low: 0, high: 6 } };

/** Functions by the names that `activation` of any layer may give. */
const ACTIVATIONS = new Map<string, readonly Step[]>([
  ['linear', []],
  ['relu', [{ layer: relu }]],
  ['relu6', [relu6]],
  ['leaky_relu', [{ layer: leakyRelu, args: { slope: 0.2 } }]],
  ['elu', [{ layer: elu }]],
  ['selu', [{ layer: selu }]],
  ['gelu', [{ layer: gelu }]],
  ['swish', [{ layer: swish }]],
  ['silu', [{ layer: swish }]],
  ['sigmoid', [{ layer: sigmoid }]],
  ['tanh', [{ layer: tanh }]],
  ['softplus', [{ layer: softplus }]],
  ['softmax', [{ layer: softmax }]],
  [
    'hard_sigmoid',
    [
      { operator: '*', number: 0.2 },
      { operator: '+', number: 0.5 },
      { layer: clip, args: { low: 0, high: 1 } },
    ],
  ],
]);

/** What `activation` of a layer does; Keras 3 may write it as an object with the name in it. */
export function activation(config: Config): readonly Step[] {
  const raw = config.raw('activation') ?? 'linear';
  const name = isObject(raw) ? (typeof raw.config === 'string' ? raw.config : raw.class_name) : raw;
  const steps = typeof name === 'string' ? ACTIVATIONS.get(name) : undefined;
  if (steps) return steps;
  const shown = JSON.stringify(name).replace(/\p{C}/gu, '?').slice(0, 60);
  throw new ModelError(
    `gives its layer ${config.owner} the activation ${shown}, which ganc does not know`,
    `use a model with one of ${[...ACTIVATIONS.keys()].join(', ')}`,
  );
}

export const activations: readonly KerasClass[] = [
  { names: ['Activation'], write: activation },
  {
    names: ['ReLU'],
    write(config) {
      const slope = config.number('negative_slope', 0);
      config.require('threshold', [0]);
      const high = config.raw('max_value');
      if (slope !== 0) {
        config.require('max_value', []);
        return [{ layer: leakyRelu, args: { slope } }];
      }
      if (high === undefined) return [{ layer: relu }];
      return [{ layer: clip, args: { low: 0, high: config.number('max_value') } }];
    },
  },
  {
    names: ['LeakyReLU'],
    write: (config) => [
      { layer: leakyRelu, args: { slope: config.number(['alpha', 'negative_slope'], 0.3) } },
    ],
  },
  { names: ['ELU'], write: (config) => [{ layer: elu, args: { alpha: config.number('alpha', 1) } }] },
  {
    names: ['Softmax'],
    write(config, inputs) {
      config.require('axis', [-1, only(inputs).length]);
      return [{ layer: softmax }];
    },
  },
];
