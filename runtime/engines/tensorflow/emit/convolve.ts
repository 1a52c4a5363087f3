import { ints, text, type } from '../graph-writer.ts';
import type { Application, Emission } from './emission.ts';

interface Convolution {
  readonly strides: readonly number[];
  readonly padding: readonly (readonly [number, number])[];
  readonly dilations: readonly number[];
  readonly groups: number;
}

const settings = ({ node }: Application) => node.attributes as unknown as Convolution;

/** Attributes of a convolution over two axes, padding written out. */
function flatAttributes({ strides, padding, dilations }: Convolution) {
  const pads = padding.flat();
  const valid = pads.every((count) => count === 0);
  return {
    T: type('f32'),
    data_format: text('NHWC'),
    strides: ints([1, ...strides, 1]),
    dilations: ints([1, ...dilations, 1]),
    padding: text(valid ? 'VALID' : 'EXPLICIT'),
    explicit_paddings: ints(valid ? [] : [0, 0, ...pads, 0, 0]),
  };
}

/** Over three axes TensorFlow pads by rule only, so what is given to it has been padded before. */
function solidAttributes({ strides, dilations }: Convolution) {
  return {
    T: type('f32'),
    data_format: text('NDHWC'),
    strides: ints([1, ...strides, 1]),
    dilations: ints([1, ...dilations, 1]),
    padding: text('VALID'),
  };
}

export const conv: Emission = (application) => {
  const { graph, inputs } = application;
  return isFlat(application)
    ? graph.node('Conv2D', inputs, flatAttributes(settings(application)))
    : graph.node('Conv3D', inputs, solidAttributes(settings(application)));
};

export const convInputGrad: Emission = (application) => {
  const { graph, inputs, node } = application;
  const [dy, kernel] = inputs as [string, string];
  const shape = graph.list(node.shape);
  return isFlat(application)
    ? graph.node('Conv2DBackpropInput', [shape, kernel, dy], flatAttributes(settings(application)))
    : graph.node('Conv3DBackpropInputV2', [shape, kernel, dy], {
        ...solidAttributes(settings(application)),
        Tshape: type('i32'),
      });
};

export const convFilterGrad: Emission = (application) => {
  const { graph, inputs, node } = application;
  const [x, dy] = inputs as [string, string];
  const shape = graph.list(node.shape);
  return isFlat(application)
    ? graph.node('Conv2DBackpropFilter', [x, shape, dy], flatAttributes(settings(application)))
    : graph.node('Conv3DBackpropFilterV2', [x, shape, dy], solidAttributes(settings(application)));
};

function isFlat({ from }: Application): boolean {
  return from[0]!.shape.length === 4;
}
