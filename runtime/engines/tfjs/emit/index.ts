import type { Device } from '../device.ts';
import { matmul } from './contract.ts';
import { convInGroups } from './conv-in-groups.ts';
import { conv, convFilterGrad, convInputGrad } from './convolve.ts';
import { binary, cast, leakyRelu, select, step, unary } from './elementwise.ts';
import type { Emission } from './emission.ts';
import * as loops from './loops.ts';
import { broadcast, concat, gather, pad, reshape, reverse, scatterAdd, slice, transpose } from './move.ts';
import { normal, uniform } from './random.ts';
import { argmax, max, sum } from './reduce.ts';

/** From an op to the tfjs kernels that compute it, on every backend. */
const common: Readonly<Record<string, Emission>> = {
  abs: unary('Abs'),
  cos: unary('Cos'),
  erf: unary('Erf'),
  exp: unary('Exp'),
  floor: unary('Floor'),
  log: unary('Log'),
  neg: unary('Neg'),
  relu: unary('Relu'),
  rsqrt: unary('Rsqrt'),
  sigmoid: unary('Sigmoid'),
  sign: unary('Sign'),
  sin: unary('Sin'),
  softplus: unary('Softplus'),
  sqrt: unary('Sqrt'),
  tanh: unary('Tanh'),

  add: binary('Add'),
  div: binary('RealDiv'),
  equal: binary('Equal'),
  greater: binary('Greater'),
  less: binary('Less'),
  maximum: binary('Maximum'),
  minimum: binary('Minimum'),
  mul: binary('Multiply'),
  pow: binary('Pow'),
  sub: binary('Sub'),

  cast,
  leaky_relu: leakyRelu,
  select,
  step,

  argmax,
  max,
  sum,

  broadcast,
  concat,
  gather,
  pad,
  reshape,
  reverse,
  scatter_add: scatterAdd,
  slice,
  stop_gradient: reshape,
  transpose,

  matmul,

  conv,
  conv_filter_grad: convFilterGrad,
  conv_input_grad: convInputGrad,

  normal,
  uniform,
};

/** The kernel is quick up to so many axes, and finds its way number by number beyond them. */
const MOST_TRANSPOSED_AXES = 4;

/** Where generated loops are faster than the kernels, or the kernels have gaps. */
const wasm: Readonly<Record<string, Emission>> = {
  ...common,
  fused: loops.fused,
  broadcast: loops.broadcast,
  cast: loops.cast,
  concat: loops.concat,
  conv: convInGroups,
  gather: loops.gather,
  pad: loops.pad,
  reverse: loops.reverse,
  scatter_add: loops.scatterAdd,
  slice: loops.slice,
  transpose: (node, inputs, device) =>
    (node.dtype === 'bool' || node.shape.length > MOST_TRANSPOSED_AXES ? loops.transpose : transpose)(
      node,
      inputs,
      device,
    ),
  sum: (node, inputs, device) => (node.dtype === 'f32' ? loops.sum : sum)(node, inputs, device),
  uniform: loops.uniform,
};

/** What computes an op on a device. What is not there must be legalized away. */
export function emissionOf(op: string, device: Device): Emission | undefined {
  return (device.loops ? wasm : common)[op];
}
