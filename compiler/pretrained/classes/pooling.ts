import type { ArgumentValue } from '../../arguments/arguments.ts';
import { avgPool } from '../../layers/avg-pool.ts';
import { globalAvgPool } from '../../layers/global-avg-pool.ts';
import { maxPool } from '../../layers/max-pool.ts';
import { reshape } from '../../layers/reshape.ts';
import type { Config } from '../config.ts';
import { type KerasClass, only, type Step } from './keras-class.ts';

function windows(config: Config): Record<string, ArgumentValue> {
  config.require('data_format', ['channels_last']);
  config.require('padding', ['same', 'valid']);
  const size = config.pair('pool_size', 2);
  return { size, stride: config.pair('strides', size), padding: config.text('padding', 'valid') };
}

/** One number per channel, as a vector, or as a map of one pixel with `keepdims`. */
function global(config: Config, x: readonly number[], steps: readonly Step[]): readonly Step[] {
  config.require('data_format', ['channels_last']);
  const channels = x.at(-1) ?? 1;
  const isKept = config.boolean('keepdims', false);
  return [...steps, { layer: reshape, args: { shape: isKept ? [1, 1, channels] : [channels] } }];
}

export const pooling: readonly KerasClass[] = [
  {
    names: ['MaxPooling2D', 'MaxPool2D'],
    write: (config) => [{ layer: maxPool, args: windows(config) }],
  },
  {
    names: ['AveragePooling2D', 'AvgPool2D'],
    write: (config) => [{ layer: avgPool, args: windows(config) }],
  },
  {
    names: ['GlobalAveragePooling2D', 'GlobalAvgPool2D'],
    write: (config, inputs) => global(config, only(inputs), [{ layer: globalAvgPool }]),
  },
  {
    names: ['GlobalMaxPooling2D', 'GlobalMaxPool2D'],
    write(config, inputs) {
      const size = only(inputs).slice(0, -1);
      return global(config, only(inputs), [{ layer: maxPool, args: { size, padding: 'valid' } }]);
    },
  },
];
