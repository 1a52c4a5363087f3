import type { ConvolutionAttributes } from '../../tensor/convolution.ts';
import * as t from '../../tensor/index.ts';
import type { Node } from '../../tensor/program.ts';
import { type Bilinear, eachGroup, overDepth, withSecondAxis } from './convolution-axes.ts';
import { filterGradAsConv, inputGradAsConvs } from './convolution-gradients.ts';

const apply: Record<string, Bilinear> = {
  conv: (x, kernel, { attributes }) => t.conv(x, kernel, attributes),
  conv_input_grad: (dy, kernel, { attributes, result }) =>
    t.convInputGrad(dy, kernel, { ...attributes, inputShape: result }),
  conv_filter_grad: (x, dy, { attributes, result }) =>
    t.convFilterGrad(x, dy, { ...attributes, filterShape: result }),
};

/**
 * One step from any convolution, or gradient of one, towards those that tfjs has: two axes, one group. Null
 * where nothing is left to do. `native` keeps the gradients that the backend computes itself.
 */
export function legalConvolution(node: Node, [a, b]: readonly t.Value[], native: boolean): t.Value | null {
  const { op, shape: result } = node;
  const { strides, padding, dilations, groups } = node.attributes as unknown as ConvolutionAttributes;
  const use = { attributes: { strides, padding, dilations, groups }, result, op };
  const bilinear = apply[op]!;
  if (groups > 1) return eachGroup(a!, b!, use, bilinear);
  if (strides.length === 1) return withSecondAxis(a!, b!, use, bilinear);
  if (strides.length === 3) return overDepth(a!, b!, use, bilinear);
  if (op === 'conv' || (native && dilations.every((distance) => distance === 1))) return null;
  return op === 'conv_input_grad' ? inputGradAsConvs(a!, b!, use) : filterGradAsConv(a!, b!, use);
}
