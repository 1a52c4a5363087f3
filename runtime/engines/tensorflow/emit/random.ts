import { type } from '../graph-writer.ts';
import type { Emission } from './emission.ts';

/** TensorFlow's number for Philox, the generator of `compiler/tensor/random.ts`. */
const PHILOX = 1;

/**
 * The stateless generators with the key that the compiler defines: the seed as the 64-bit key, and (block,
 * step, repetition, place) as the 128-bit counter, whose blocks TensorFlow counts itself.
 */
export function stateless(op: string): Emission {
  return ({ graph, inputs, node }) => {
    const key = inputs[0]!;
    const words = (indices: readonly number[]) =>
      graph.node('GatherV2', [key, graph.list(indices), graph.scalar(0, 'i32')], {
        Tparams: type('i32'),
        Tindices: type('i32'),
        Taxis: type('i32'),
        batch_dims: { i: 0 },
      });
    const packed = (halves: string, count: number) =>
      graph.node('Bitcast', [graph.reshape(halves, [count, 2], 'i32')], {
        T: type('i32'),
        type: type('u64'),
      });
    const zero = graph.list([0]);
    const place = graph.list([(node.attributes.place as number) | 0]);
    const counter = graph.node('ConcatV2', [zero, words([2, 3]), place, graph.scalar(0, 'i32')], {
      T: type('i32'),
      N: { i: 3 },
      Tidx: type('i32'),
    });
    const inputsOf = [
      graph.list(node.shape),
      packed(words([0, 1]), 1),
      packed(counter, 2),
      graph.scalar(PHILOX, 'i32'),
    ];
    return graph.node(op, inputsOf, { dtype: type('f32'), Tshape: type('i32') });
  };
}
