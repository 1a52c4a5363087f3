import { sizeOf } from '../../../../compiler/tensor/program.ts';
import { reductionBlocks } from '../../../../compiler/tensor/reduction.ts';
import { bool, type GraphWriter, ints, type Tensor, text, type } from '../graph-writer.ts';
import type { Emission } from './emission.ts';

export function reduction(op: string): Emission {
  return ({ graph, inputs, node }) =>
    graph.node(op, [inputs[0]!, graph.list(node.attributes.axes as number[])], {
      T: type(node.dtype),
      Tidx: type('i32'),
      keep_dims: bool(node.attributes.keep as boolean),
    });
}

/** Above this, the pooling kernel loses to Sum. */
const LARGEST_WINDOW = 64;

/**
 * A sum over windows, as in the gradient of upsampling, reduces axes that stand apart: kept, reduced, kept,
 * reduced, kept. TensorFlow's Sum transposes for that, ten times slower than its kernel for average pooling.
 */
export const sum: Emission = (application) => {
  const { graph, inputs, from, node } = application;
  const blocks = reductionBlocks(from[0]!.shape, node.attributes.axes as number[]);
  if (node.dtype !== 'f32' || !isOverWindows(blocks)) return reduction('Sum')(application);
  return graph.reshape(sumBlocks(graph, inputs[0]!, blocks), node.shape);
};

function isOverWindows(blocks: readonly number[]): boolean {
  const endsKept = blocks.length % 2 === 1;
  return endsKept && blocks.length >= 5 && blocks.at(-2)! * blocks.at(-4)! <= LARGEST_WINDOW;
}

/** Two reduced blocks at a time, from behind; then what is left is one block to Sum, which it is good at. */
function sumBlocks(graph: GraphWriter, x: Tensor, blocks: readonly number[]): Tensor {
  if (blocks.length === 1) return x;
  const f32 = { T: type('f32') };
  if (!isOverWindows(blocks)) {
    const axes = blocks.flatMap((_, axis) => (axis % 2 === 1 ? [axis] : []));
    const attributes = { ...f32, Tidx: type('i32'), keep_dims: bool(false) };
    return graph.node('Sum', [graph.reshape(x, blocks), graph.list(axes)], attributes);
  }
  const rest = blocks.slice(0, -5);
  const [rows, height, columns, width, channels] = blocks.slice(-5) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const window = ints([1, height, width, 1]);
  const image = graph.reshape(x, [sizeOf(rest) * rows, height, columns * width, channels]);
  const means = graph.node('AvgPool', [image], {
    ...f32,
    ksize: window,
    strides: window,
    padding: text('VALID'),
    data_format: text('NHWC'),
  });
  const sums = graph.node('Mul', [means, graph.scalar(height * width)], f32);
  return sumBlocks(graph, sums, [...rest, rows * columns * channels]);
}

export const argmax: Emission = ({ graph, inputs, node }) =>
  graph.node('ArgMax', [inputs[0]!, graph.scalar(node.attributes.axis as number, 'i32')], {
    T: type('f32'),
    Tidx: type('i32'),
    output_type: type('i32'),
  });
