import { paddingRule } from '../../../../compiler/5-optimize/tensorflow/padding-rule.ts';
import type { ConvolutionAttributes } from '../../../../compiler/tensor/convolution.ts';
import { int, ints, text, type } from '../graph-writer.ts';
import type { Application, Emission } from './emission.ts';

/** Over two axes. Padding is named by its rule where there is one: the kernels of the gradients know no other. */
function flatAttributes({ node, from }: Application) {
  const { strides, padding, dilations } = node.attributes as unknown as ConvolutionAttributes;
  const rule = paddingRule(node, from);
  return {
    T: type('f32'),
    data_format: text('NHWC'),
    strides: ints([1, ...strides, 1]),
    dilations: ints([1, ...dilations, 1]),
    padding: text(rule ?? 'EXPLICIT'),
    explicit_paddings: ints(rule ? [] : [0, 0, ...padding.flat(), 0, 0]),
  };
}

/** Over three axes there is no padding but by rule: the rest has been padded before. */
function solidAttributes({ node, from }: Application) {
  const { strides, dilations } = node.attributes as unknown as ConvolutionAttributes;
  return {
    T: type('f32'),
    data_format: text('NDHWC'),
    strides: ints([1, ...strides, 1]),
    dilations: ints([1, ...dilations, 1]),
    padding: text(paddingRule(node, from)!),
  };
}

/**
 * Groups one by one, side by side along the last axis, where both operands and the result have them. A CPU has kernels for
 * groups only where oneDNN does the work.
 */
function eachGroup(whole: Emission): Emission {
  return (application) => {
    const { graph, inputs, node } = application;
    const groups = node.attributes.groups as number;
    if (groups === 1) return whole(application);
    const parts = inputs.map((input, index) => {
      const axis = graph.scalar(application.from[index]!.shape.length - 1, 'i32');
      return graph.node('Split', [axis, input], { T: type('f32'), num_split: int(groups) });
    });
    const one = { ...node, shape: node.shape.with(-1, node.shape.at(-1)! / groups) };
    const results = Array.from({ length: groups }, (_, group) =>
      whole({ ...application, node: one, inputs: parts.map((part) => `${part}:${group}`) }),
    );
    return graph.node('ConcatV2', [...results, graph.scalar(node.shape.length - 1, 'i32')], {
      T: type('f32'),
      N: int(groups),
      Tidx: type('i32'),
    });
  };
}

export const conv: Emission = eachGroup((application) => {
  const { graph, inputs } = application;
  return isFlat(application)
    ? graph.node('Conv2D', inputs, flatAttributes(application))
    : graph.node('Conv3D', inputs, solidAttributes(application));
});

export const convInputGrad: Emission = eachGroup((application) => {
  const { graph, inputs, node } = application;
  const [dy, kernel] = inputs as [string, string];
  const shape = graph.list(node.shape);
  return isFlat(application)
    ? graph.node('Conv2DBackpropInput', [shape, kernel, dy], flatAttributes(application))
    : graph.node('Conv3DBackpropInputV2', [shape, kernel, dy], {
        ...solidAttributes(application),
        Tshape: type('i32'),
      });
});

export const convFilterGrad: Emission = eachGroup((application) => {
  const { graph, inputs, node } = application;
  const [x, dy] = inputs as [string, string];
  const shape = graph.list(node.shape);
  return isFlat(application)
    ? graph.node('Conv2DBackpropFilter', [x, shape, dy], flatAttributes(application))
    : graph.node('Conv3DBackpropFilterV2', [x, shape, dy], solidAttributes(application));
});

function isFlat({ from }: Application): boolean {
  return from[0]!.shape.length === 4;
}
