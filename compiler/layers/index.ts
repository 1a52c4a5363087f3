import { adaptiveAugment } from './adaptive-augment.ts';
import { adaptiveInstanceNorm } from './adaptive-instance-norm.ts';
import { add } from './add.ts';
import { affineWarp } from './affine-warp.ts';
import { avgPool } from './avg-pool.ts';
import { batchNorm } from './batch-norm.ts';
import { blend } from './blend.ts';
import { blur } from './blur.ts';
import { concat } from './concat.ts';
import { conditionalBatchNorm } from './conditional-batch-norm.ts';
import { conditionalInstanceNorm } from './conditional-instance-norm.ts';
import { convGru } from './conv-gru.ts';
import { convLstm } from './conv-lstm.ts';
import { conv1d } from './conv1d.ts';
import { conv1dTranspose } from './conv1d-transpose.ts';
import { conv2d } from './conv2d.ts';
import { conv2dTranspose } from './conv2d-transpose.ts';
import { conv3d } from './conv3d.ts';
import { conv3dTranspose } from './conv3d-transpose.ts';
import { crop } from './crop.ts';
import { dense } from './dense.ts';
import { depthwiseConv2d } from './depthwise-conv2d.ts';
import { diffAugment } from './diff-augment.ts';
import { dot } from './dot.ts';
import { dropout } from './dropout.ts';
import { elu } from './elu.ts';
import { embed } from './embed.ts';
import { flatten } from './flatten.ts';
import { gelu } from './gelu.ts';
import { globalAvgPool } from './global-avg-pool.ts';
import { groupNorm } from './group-norm.ts';
import { gru } from './gru.ts';
import { instanceNorm } from './instance-norm.ts';
import { joinFrames } from './join-frames.ts';
import type { Layer } from './layer.ts';
import { layerNorm } from './layer-norm.ts';
import { leakyRelu } from './leaky-relu.ts';
import { learned } from './learned.ts';
import { learnedNoise } from './learned-noise.ts';
import { lstm } from './lstm.ts';
import { matmul } from './matmul.ts';
import { maxPool } from './max-pool.ts';
import { maxout } from './maxout.ts';
import { minibatchDiscrimination } from './minibatch-discrimination.ts';
import { minibatchStddev } from './minibatch-stddev.ts';
import { modulatedConv2d } from './modulated-conv2d.ts';
import { multiHeadAttention } from './multi-head-attention.ts';
import { noise } from './noise.ts';
import { pad } from './pad.ts';
import { pickChannels } from './pick-channels.ts';
import { pickFrames } from './pick-frames.ts';
import { pixelNorm } from './pixel-norm.ts';
import { pixelShuffle } from './pixel-shuffle.ts';
import { pixelUnshuffle } from './pixel-unshuffle.ts';
import { prelu } from './prelu.ts';
import { projection } from './projection.ts';
import { randomBrightness } from './random-brightness.ts';
import { randomContrast } from './random-contrast.ts';
import { randomCrop } from './random-crop.ts';
import { randomCutout } from './random-cutout.ts';
import { randomFlip } from './random-flip.ts';
import { randomHue } from './random-hue.ts';
import { randomLumaFlip } from './random-luma-flip.ts';
import { randomRotation } from './random-rotation.ts';
import { randomSaturation } from './random-saturation.ts';
import { randomScale } from './random-scale.ts';
import { randomTranslation } from './random-translation.ts';
import { randomTurn } from './random-turn.ts';
import { relu } from './relu.ts';
import { reshape } from './reshape.ts';
import { selfAttention } from './self-attention.ts';
import { selu } from './selu.ts';
import { separableConv2d } from './separable-conv2d.ts';
import { sigmoid } from './sigmoid.ts';
import { softmax } from './softmax.ts';
import { softplus } from './softplus.ts';
import { swish } from './swish.ts';
import { tanh } from './tanh.ts';
import { upsample } from './upsample.ts';
import { virtualBatchNorm } from './virtual-batch-norm.ts';
import { warp } from './warp.ts';
/** Every layer that a spec can use, in the order of the reference pages. */
export const layers: readonly Layer[] = [
  dense,
  conv1d,
  conv1dTranspose,
  conv2d,
  conv2dTranspose,
  conv3d,
  conv3dTranspose,
  depthwiseConv2d,
  separableConv2d,
  modulatedConv2d,
  gru,
  lstm,
  convLstm,
  convGru,
  batchNorm,
  virtualBatchNorm,
  layerNorm,
  instanceNorm,
  groupNorm,
  pixelNorm,
  conditionalBatchNorm,
  conditionalInstanceNorm,
  adaptiveInstanceNorm,
  selfAttention,
  multiHeadAttention,
  minibatchStddev,
  minibatchDiscrimination,
  embed,
  projection,
  learned,
  dropout,
  noise,
  learnedNoise,
  upsample,
  blur,
  avgPool,
  maxPool,
  globalAvgPool,
  flatten,
  reshape,
  concat,
  add,
  blend,
  dot,
  matmul,
  pad,
  crop,
  warp,
  affineWarp,
  pixelShuffle,
  pixelUnshuffle,
  pickChannels,
  pickFrames,
  joinFrames,
  diffAugment,
  adaptiveAugment,
  randomBrightness,
  randomSaturation,
  randomContrast,
  randomHue,
  randomLumaFlip,
  randomFlip,
  randomTurn,
  randomTranslation,
  randomRotation,
  randomScale,
  randomCrop,
  randomCutout,
  relu,
  leakyRelu,
  prelu,
  maxout,
  elu,
  selu,
  gelu,
  swish,
  tanh,
  sigmoid,
  softplus,
  softmax,
];
