import { bool, type } from '../graph-writer.ts';
import type { Emission } from './emission.ts';

export function reduction(op: string): Emission {
  return ({ graph, inputs, node }) =>
    graph.node(op, [inputs[0]!, graph.list(node.attributes.axes as number[])], {
      T: type(node.dtype),
      Tidx: type('i32'),
      keep_dims: bool(node.attributes.keep as boolean),
    });
}

export const argmax: Emission = ({ graph, inputs, node }) =>
  graph.node('ArgMax', [inputs[0]!, graph.scalar(node.attributes.axis as number, 'i32')], {
    T: type('f32'),
    Tidx: type('i32'),
    output_type: type('i32'),
  });
