import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import type { Node } from '../../../../compiler/tensor/program.ts';
import type { Emission } from './emission.ts';

/** Attributes of a two-axis convolution in one group, as tfjs writes them. */
function attributesOf({ attributes }: Node): NamedAttrMap {
  const [vertical, horizontal] = attributes.padding as [number, number][];
  return {
    strides: attributes.strides as number[],
    dilations: attributes.dilations as number[],
    pad: [[0, 0], vertical!, horizontal!, [0, 0]],
    dataFormat: 'NHWC',
    dimRoundingMode: 'floor',
  };
}

export const conv: Emission = (node, _inputs, device) => {
  const kernel = device.kernel('Conv2D');
  const attrs = attributesOf(node);
  return ([x, filter]) => kernel({ x: x!, filter: filter! }, attrs);
};

export const convInputGrad: Emission = (node, _inputs, device) => {
  const kernel = device.kernel('Conv2DBackpropInput');
  const attrs = { ...attributesOf(node), inputShape: node.attributes.inputShape as number[] };
  return ([dy, filter]) => kernel({ dy: dy!, filter: filter! }, attrs);
};

export const convFilterGrad: Emission = (node, _inputs, device) => {
  const kernel = device.kernel('Conv2DBackpropFilter');
  const attrs = { ...attributesOf(node), filterShape: node.attributes.filterShape as number[] };
  return ([x, dy]) => kernel({ x: x!, dy: dy! }, attrs);
};
