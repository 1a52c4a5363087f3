import { conv2d } from '../../layers/conv2d.ts';
import { dense as denseLayer } from '../../layers/dense.ts';
import { activation } from './activations.ts';
import { type KerasClass, only } from './keras-class.ts';

export const dense: KerasClass = {
  names: ['Dense'],
  write(config, inputs) {
    const units = config.count('units');
    const bias = config.boolean('use_bias', true);
    const x = only(inputs);
    // Keras gives every place of a map to the same matrix, which is a convolution of one pixel.
    const isMap = x.length === 3;
    const kernel = { tensor: 'kernel', ...(isMap ? { shape: [x[2]!, units] } : {}) };
    const weights = bias ? { kernel, bias: { tensor: 'bias' } } : { kernel };
    return [
      isMap
        ? { layer: conv2d, args: { filters: units, kernel: 1, bias }, weights }
        : { layer: denseLayer, args: { units, bias }, weights },
      ...activation(config),
    ];
  },
};
