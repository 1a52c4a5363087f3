import type { Argument } from '../arguments/argument.ts';
import { PREPROCESSING } from '../pretrained/preprocess.ts';
import { MOST_TIMES } from '../schedules/times.ts';

/** The options of `train`, `stage`, `update`, `state`, `sample`, `evaluate` and `pretrained`, beside those that take an expression of their own. */

export const trainOptions: readonly Argument[] = [
  { name: 'batch', kind: 'int', summary: 'examples per step', default: 64, min: 1 },
  { name: 'steps', kind: 'int', summary: 'training steps in all', default: 10_000, min: 1 },
  {
    name: 'init',
    kind: 'distribution',
    summary: 'where kernels are drawn at first, unless a layer says otherwise; none: glorot_uniform',
    default: null,
  },
  {
    name: 'draw',
    kind: 'choice',
    summary: 'whether updates of a step draw for themselves, or share one draw and move at the same time',
    choices: ['fresh', 'shared'],
    default: 'fresh',
  },
];

/** Besides params, which a stage gives other values. */
export const stageOptions: readonly Argument[] = [
  { name: 'steps', kind: 'int', summary: 'how many training steps it lasts', min: 1 },
  {
    name: 'fade',
    kind: 'int',
    summary: 'in how many of its steps the schedule `fade` goes from 0 to 1; 0: it is 1 from the first',
    default: 0,
    min: 0,
  },
];

/** Besides `loss` and `optimizer`, which an update must have. */
export const updateOptions: readonly Argument[] = [
  {
    name: 'batch',
    kind: 'int',
    summary: 'examples each time that it runs; none: as many as `train` says',
    default: null,
    min: 1,
  },
  {
    name: 'times',
    kind: 'scheduled',
    whole: true,
    summary:
      'how often the update runs in each step; of a schedule the nearest whole number, but once at least',
    default: 1,
    min: 1,
    max: MOST_TIMES,
  },
  {
    name: 'unroll',
    kind: 'int',
    summary:
      'after how many further steps of the other networks the loss is taken, with gradients through them (unrolled GAN: 5)',
    default: 0,
    min: 0,
    max: 100,
  },
  {
    name: 'ema',
    kind: 'scheduled',
    summary: 'the decay of an averaged copy of the weights, which sampling uses; none: no copy',
    default: null,
    min: 0,
    max: 1,
  },
  {
    name: 'clip_norm',
    kind: 'scheduled',
    summary: 'the greatest length of all gradients together, which are shortened to it; none: any length',
    default: null,
    min: 0,
  },
  {
    name: 'clip_gradients',
    kind: 'scheduled',
    summary: 'the greatest size of each number of a gradient, which is cut off there; none: any size',
    default: null,
    min: 0,
  },
  {
    name: 'clip_weights',
    kind: 'scheduled',
    summary:
      'the greatest size of a weight, which is cut off there after the update (WGAN: 0.01); none: any size',
    default: null,
    min: 0,
  },
];

/** Besides `next`, which a state must have. */
export const stateOptions: readonly Argument[] = [
  { name: 'start', kind: 'number', summary: 'the number before the first step', default: 0 },
];

export const sampleOptions: readonly Argument[] = [
  {
    name: 'every',
    kind: 'int',
    summary: 'steps between grids in training; none: about ten grids in all',
    default: null,
    min: 1,
  },
  {
    name: 'grid',
    kind: 'int',
    summary: 'rows and columns, as [rows, columns]; none: [8, 8]',
    default: null,
    min: 1,
  },
];

/** Besides its measures, which have names of the author's. */
export const evaluateOptions: readonly Argument[] = [
  {
    name: 'every',
    kind: 'int',
    summary: 'steps between evaluations in training; none: only after the last step',
    default: null,
    min: 1,
  },
  {
    name: 'samples',
    kind: 'int',
    summary: 'how many samples are drawn',
    default: 2500,
    min: 1,
    max: 1_000_000,
  },
];

/** Besides `layers`, which takes a list of names. */
export const pretrainedOptions: readonly Argument[] = [
  {
    name: 'input',
    kind: 'interval',
    summary: 'the values of the pictures that it is given',
    default: [-1, 1],
  },
  {
    name: 'preprocess',
    kind: 'choice',
    summary: 'what the model wants them made into; none: as they are',
    choices: Object.keys(PREPROCESSING),
    default: null,
  },
];
