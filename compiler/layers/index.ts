import { add } from './add.ts';
import { avgPool } from './avg-pool.ts';
import { batchNorm } from './batch-norm.ts';
import { concat } from './concat.ts';
import { conv1d } from './conv1d.ts';
import { conv1dTranspose } from './conv1d-transpose.ts';
import { conv2d } from './conv2d.ts';
import { conv2dTranspose } from './conv2d-transpose.ts';
import { conv3d } from './conv3d.ts';
import { conv3dTranspose } from './conv3d-transpose.ts';
import { crop } from './crop.ts';
import { dense } from './dense.ts';
import { dot } from './dot.ts';
import { dropout } from './dropout.ts';
import { elu } from './elu.ts';
import { embed } from './embed.ts';
import { flatten } from './flatten.ts';
import { gelu } from './gelu.ts';
import { globalAvgPool } from './global-avg-pool.ts';
import { instanceNorm } from './instance-norm.ts';
import type { Layer } from './layer.ts';
import { layerNorm } from './layer-norm.ts';
import { leakyRelu } from './leaky-relu.ts';
import { maxPool } from './max-pool.ts';
import { pad } from './pad.ts';
import { pickFrames } from './pick-frames.ts';
import { pixelShuffle } from './pixel-shuffle.ts';
import { relu } from './relu.ts';
import { reshape } from './reshape.ts';
import { selu } from './selu.ts';
import { sigmoid } from './sigmoid.ts';
import { softmax } from './softmax.ts';
import { softplus } from './softplus.ts';
import { swish } from './swish.ts';
import { tanh } from './tanh.ts';
import { upsample } from './upsample.ts';

/** Every layer that a spec can use, in the order of the reference pages. */
export const layers: readonly Layer[] = [
  dense,
  conv1d,
  conv1dTranspose,
  conv2d,
  conv2dTranspose,
  conv3d,
  conv3dTranspose,
  batchNorm,
  layerNorm,
  instanceNorm,
  embed,
  dropout,
  upsample,
  avgPool,
  maxPool,
  globalAvgPool,
  flatten,
  reshape,
  concat,
  add,
  dot,
  pad,
  crop,
  pixelShuffle,
  pickFrames,
  relu,
  leakyRelu,
  elu,
  selu,
  gelu,
  swish,
  tanh,
  sigmoid,
  softplus,
  softmax,
];
