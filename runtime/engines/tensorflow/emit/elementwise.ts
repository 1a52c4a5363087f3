import { float, type } from '../graph-writer.ts';
import type { Emission } from './emission.ts';
import { operands } from './spread.ts';

/** An operation whose kind of elements is its attribute `T`: that of its first input. */
export function plain(op: string): Emission {
  return (application) => {
    const { graph, from } = application;
    return graph.node(op, operands(application), { T: type(from[0]!.dtype) });
  };
}

/**
 * What TensorFlow takes for a bias, because all its axes but the last are of length 1, is given to it as the row that
 * it then wants: `MatMul + [1, n]` becomes one kernel that takes a bias of [n] only.
 */
export const add: Emission = (application) => {
  const { graph, from, node } = application;
  const inputs = operands(application);
  const rows = from.map(({ shape }, side) => {
    const other = from[1 - side]!.shape;
    const isRow = shape.length > 1 && shape.slice(0, -1).every((size) => size === 1);
    return isRow && other.length === node.shape.length && other.at(-1) === shape.at(-1);
  });
  const side = rows.lastIndexOf(true);
  const T = type(from[0]!.dtype);
  const flat = inputs.map((input, index) =>
    index === side
      ? graph.node('Reshape', [input, graph.list([from[index]!.shape.at(-1)!])], { T, Tshape: type('i32') })
      : input,
  );
  return graph.node('AddV2', flat, { T });
};

export const leakyRelu: Emission = ({ graph, inputs, node }) =>
  graph.node('LeakyRelu', inputs, { T: type('f32'), alpha: float(node.attributes.slope as number) });

export const select: Emission = (application) => {
  const { graph, node } = application;
  return graph.node('SelectV2', operands(application), { T: type(node.dtype) });
};

export const cast: Emission = ({ graph, inputs, from, node }) =>
  graph.node('Cast', inputs, { SrcT: type(from[0]!.dtype), DstT: type(node.dtype) });

export const leakyReluGrad: Emission = ({ graph, inputs, node }) => {
  const slope = node.attributes.slope as number;
  return slope === 0
    ? graph.node('ReluGrad', inputs, { T: type('f32') })
    : graph.node('LeakyReluGrad', inputs, { T: type('f32'), alpha: float(slope) });
};

export const step: Emission = ({ graph, inputs, node }) => {
  const positive = graph.node('Greater', [inputs[0]!, graph.scalar(0)], { T: type('f32') });
  const low = graph.scalar(node.attributes.low as number);
  return graph.node('SelectV2', [positive, graph.scalar(1), low], { T: type('f32') });
};
