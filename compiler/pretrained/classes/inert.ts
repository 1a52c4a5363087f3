import type { KerasClass } from './keras-class.ts';

/** What does nothing, or nothing once it is trained; and the change of scale that a model may begin with. */
export const inert: readonly KerasClass[] = [
  {
    names: [
      'InputLayer',
      'Dropout',
      'SpatialDropout2D',
      'AlphaDropout',
      'GaussianDropout',
      'GaussianNoise',
      'ActivityRegularization',
    ],
    write: () => [],
  },
  {
    names: ['Rescaling'],
    write: (config) => [
      { operator: '*', number: config.number('scale') },
      { operator: '+', number: config.number('offset', 0) },
    ],
  },
];
