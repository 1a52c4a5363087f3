import type { Value } from '../../tensor/index.ts';
import type { Node } from '../../tensor/program.ts';
import { eachGroup, isDilated, useOf, withoutDilation, withSecondAxis } from '../simpler-convolutions.ts';
import { filterGradAsConv, inputGradAsConvs } from './convolution-gradients.ts';
import { overDepth } from './over-depth.ts';

/**
 * One step from any convolution, or gradient of one, towards those that tfjs has: two axes, one group. Null
 * where nothing is left to do. `native` keeps the gradients that the backend computes itself; without it, groups
 * over two axes stay together too, and every gradient of them is such a convolution again.
 */
export function legalConvolution(node: Node, inputs: readonly Value[], native: boolean): Value | null {
  const use = useOf(node);
  const { attributes } = use;
  const [a, b] = inputs as readonly [Value, Value];
  const axes = attributes.strides.length;
  if (attributes.groups > 1 && (native || axes === 3)) return eachGroup(a, b, use);
  if (axes === 1) return withSecondAxis(a, b, use);
  if (axes === 3) return overDepth(a, b, use);
  if (node.op === 'conv' || (native && !isDilated(attributes))) return null;
  if (node.op === 'conv_filter_grad') return filterGradAsConv(a, b, use);
  return isDilated(attributes) ? withoutDilation(a, b, use) : inputGradAsConvs(a, b, use);
}
