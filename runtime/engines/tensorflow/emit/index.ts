import { batchNorm, batchNormGrad } from './batch-norm.ts';
import { conv, convFilterGrad, convInputGrad } from './convolve.ts';
import { add, cast, leakyRelu, leakyReluGrad, plain, select, step } from './elementwise.ts';
import type { Emission } from './emission.ts';
import {
  broadcast,
  concat,
  gather,
  identity,
  matmul,
  pad,
  reshape,
  reverse,
  scatterAdd,
  slice,
  transpose,
} from './move.ts';
import { stateless } from './random.ts';
import { argmax, reduction, sum } from './reduce.ts';

/** From an op to the TensorFlow nodes that compute it. What is not here must be legalized away. */
export const emissions: Readonly<Record<string, Emission>> = {
  abs: plain('Abs'),
  cos: plain('Cos'),
  erf: plain('Erf'),
  exp: plain('Exp'),
  floor: plain('Floor'),
  log: plain('Log'),
  neg: plain('Neg'),
  relu: plain('Relu'),
  rsqrt: plain('Rsqrt'),
  sigmoid: plain('Sigmoid'),
  sign: plain('Sign'),
  sin: plain('Sin'),
  softplus: plain('Softplus'),
  sqrt: plain('Sqrt'),
  tanh: plain('Tanh'),

  add,
  div: plain('RealDiv'),
  equal: plain('Equal'),
  greater: plain('Greater'),
  less: plain('Less'),
  maximum: plain('Maximum'),
  minimum: plain('Minimum'),
  mul: plain('Mul'),
  pow: plain('Pow'),
  sub: plain('Sub'),

  cast,
  leaky_relu: leakyRelu,
  leaky_relu_grad: leakyReluGrad,
  select,
  step,

  argmax,
  max: reduction('Max'),
  sum,

  broadcast,
  concat,
  gather,
  pad,
  reshape,
  reverse,
  scatter_add: scatterAdd,
  slice,
  stop_gradient: identity,
  transpose,

  matmul,

  batch_norm: batchNorm,
  batch_norm_grad: batchNormGrad,

  conv,
  conv_filter_grad: convFilterGrad,
  conv_input_grad: convInputGrad,

  normal: stateless('StatelessRandomNormalV2'),
  uniform: stateless('StatelessRandomUniformV2'),
};
