import { batchNorm } from './batch-norm.ts';
import { conv2d } from './conv2d.ts';
import { conv2dTranspose } from './conv2d-transpose.ts';
import { conv3d } from './conv3d.ts';
import { conv3dTranspose } from './conv3d-transpose.ts';
import { dense } from './dense.ts';
import { dropout } from './dropout.ts';
import { flatten } from './flatten.ts';
import type { Layer } from './layer.ts';
import { leakyRelu } from './leaky-relu.ts';
import { relu } from './relu.ts';
import { reshape } from './reshape.ts';
import { sigmoid } from './sigmoid.ts';
import { tanh } from './tanh.ts';

/** Every layer that a spec can use, in the order of the reference pages. */
export const layers: readonly Layer[] = [
  dense,
  conv2d,
  conv2dTranspose,
  conv3d,
  conv3dTranspose,
  batchNorm,
  dropout,
  flatten,
  reshape,
  relu,
  leakyRelu,
  tanh,
  sigmoid,
];
