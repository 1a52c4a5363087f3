import { batchNorm } from '../../layers/batch-norm.ts';
import { type KerasClass, only } from './keras-class.ts';

/** With the statistics that the model was left with: a frozen network learns no others. */
export const batchNormalization: KerasClass = {
  names: ['BatchNormalization', 'BatchNormalizationV1', 'BatchNormalizationV2'],
  write(config, inputs) {
    const last = only(inputs).length;
    config.require('axis', [-1, last, [-1], [last]]);
    const scale = config.boolean('scale', true);
    const center = config.boolean('center', true);
    return [
      {
        layer: batchNorm,
        args: { epsilon: config.number('epsilon', 1e-3), affine: scale || center },
        weights: {
          gamma: scale ? { tensor: 'gamma' } : { fill: 1 },
          beta: center ? { tensor: 'beta' } : { fill: 0 },
          moving_mean: { tensor: 'moving_mean' },
          moving_variance: { tensor: 'moving_variance' },
        },
      },
    ];
  },
};
