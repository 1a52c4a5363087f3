import { float, type } from '../graph-writer.ts';
import type { Emission } from './emission.ts';

/** An operation whose kind of elements is its attribute `T`: that of its first input. */
export function plain(op: string): Emission {
  return ({ graph, inputs, from }) => graph.node(op, inputs, { T: type(from[0]!.dtype) });
}

export const leakyRelu: Emission = ({ graph, inputs, node }) =>
  graph.node('LeakyRelu', inputs, { T: type('f32'), alpha: float(node.attributes.slope as number) });

export const select: Emission = ({ graph, inputs, node }) =>
  graph.node('SelectV2', inputs, { T: type(node.dtype) });

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
