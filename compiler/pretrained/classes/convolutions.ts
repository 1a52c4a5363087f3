import type { ArgumentValue } from '../../arguments/arguments.ts';
import { conv2d } from '../../layers/conv2d.ts';
import { conv2dTranspose } from '../../layers/conv2d-transpose.ts';
import type { Config } from '../config.ts';
import { activation } from './activations.ts';
import { type KerasClass, only, type WeightOrigin } from './keras-class.ts';

/** What all convolutions say about their windows. */
function windows(config: Config): Record<string, ArgumentValue> {
  config.require('data_format', ['channels_last']);
  config.require('padding', ['same', 'valid']);
  return {
    kernel: config.pair('kernel_size'),
    stride: config.pair('strides', 1),
    padding: config.text('padding', 'valid'),
    bias: config.boolean('use_bias', true),
  };
}

function biased(config: Config, kernel: WeightOrigin): Record<string, WeightOrigin> {
  return config.boolean('use_bias', true) ? { kernel, bias: { tensor: 'bias' } } : { kernel };
}

/**
 * A kernel of its own for every channel: as many groups as channels. The kernel lies in the file as [rows, columns,
 * channels, multiplier], and a grouped one as [rows, columns, 1, channels · multiplier]: the same numbers in the same
 * order.
 */
function depthwise(
  config: Config,
  channels: number,
): { args: Record<string, ArgumentValue>; kernel: WeightOrigin } {
  const multiplier = config.count('depth_multiplier', 1);
  const shape = [...config.pair('kernel_size'), channels, multiplier];
  return {
    args: {
      ...windows(config),
      dilation: config.pair('dilation_rate', 1),
      filters: channels * multiplier,
      groups: channels,
    },
    kernel: { tensor: ['depthwise_kernel', 'kernel'], shape },
  };
}

export const convolutions: readonly KerasClass[] = [
  {
    names: ['Conv2D', 'Convolution2D'],
    write: (config) => [
      {
        layer: conv2d,
        args: {
          ...windows(config),
          filters: config.count('filters'),
          dilation: config.pair('dilation_rate', 1),
          groups: config.count('groups', 1),
        },
        weights: biased(config, { tensor: 'kernel' }),
      },
      ...activation(config),
    ],
  },
  {
    names: ['DepthwiseConv2D'],
    write(config, inputs) {
      const { args, kernel } = depthwise(config, only(inputs).at(-1) ?? 1);
      return [{ layer: conv2d, args, weights: biased(config, kernel) }, ...activation(config)];
    },
  },
  {
    names: ['SeparableConv2D', 'SeparableConvolution2D'],
    write(config, inputs) {
      const { args, kernel } = depthwise(config, only(inputs).at(-1) ?? 1);
      const { bias } = args;
      return [
        { layer: conv2d, args: { ...args, bias: false }, weights: { kernel } },
        {
          layer: conv2d,
          args: { filters: config.count('filters'), kernel: 1, bias: bias! },
          weights: biased(config, { tensor: 'pointwise_kernel' }),
        },
        ...activation(config),
      ];
    },
  },
  {
    names: ['Conv2DTranspose', 'Convolution2DTranspose'],
    write(config) {
      config.require('dilation_rate', [1, [1, 1]]);
      config.require('output_padding', []);
      return [
        {
          layer: conv2dTranspose,
          args: { ...windows(config), filters: config.count('filters') },
          weights: biased(config, { tensor: 'kernel' }),
        },
        ...activation(config),
      ];
    },
  },
];
