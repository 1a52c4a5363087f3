import { sizeOf } from '../../../../compiler/tensor/program.ts';
import { bool, float, type GraphWriter, type Tensor, text, type } from '../graph-writer.ts';
import type { Emission } from './emission.ts';

/** Outputs of TensorFlow's kernels: they compute all parts at once, and each node of ours names one. */
const RESULTS = { result: 0, mean: 1, variance: 2 } as const;
const GRADIENTS = { x: 0, gamma: 1, beta: 2 } as const;

/** What the gradient's kernel takes over from the other: outputs 3 to 5. */
const RESERVED = [3, 4, 5];

export const batchNorm: Emission = ({ graph, inputs, from, node }) => {
  const [x, gamma, beta] = inputs as [Tensor, Tensor, Tensor];
  const { epsilon, part } = node.attributes as { epsilon: number; part: keyof typeof RESULTS };
  const { shape } = from[0]!;
  const kernel = forward(graph, x, shape, gamma, epsilon, beta);
  const output = `${kernel}:${RESULTS[part]}`;
  if (part === 'result') return graph.reshape(output, shape);
  if (part === 'mean') return graph.node('Identity', [output], { T: type('f32') });
  // The kernel divides by n − 1.
  const count = sizeOf(shape) / sizeOf(node.shape);
  return graph.node('Mul', [output, graph.scalar(Math.max(count - 1, 1) / count)], { T: type('f32') });
};

export const batchNormGrad: Emission = ({ graph, inputs, from, node }) => {
  const [d, x, gamma] = inputs as [Tensor, Tensor, Tensor];
  const { epsilon, part } = node.attributes as { epsilon: number; part: keyof typeof GRADIENTS };
  const { shape } = from[1]!;
  const kernel = graph.once(`batch norm gradient ${inputs} ${epsilon}`, () => {
    const before = forward(graph, x, shape, gamma, epsilon);
    return graph.node(
      'FusedBatchNormGradV3',
      [
        pictures(graph, d, shape),
        pictures(graph, x, shape),
        gamma,
        ...RESERVED.map((at) => `${before}:${at}`),
      ],
      attributes(epsilon),
    );
  });
  const output = `${kernel}:${GRADIENTS[part]}`;
  return part === 'x' ? graph.reshape(output, shape) : graph.node('Identity', [output], { T: type('f32') });
};

/** The kernel for x, one for all that ask for it; the gradient's needs any, whatever its beta. */
function forward(
  graph: GraphWriter,
  x: Tensor,
  shape: readonly number[],
  gamma: Tensor,
  epsilon: number,
  beta?: Tensor,
): Tensor {
  const none = graph.constant([], [0], 'f32');
  const make = (offset: Tensor) =>
    graph.node(
      'FusedBatchNormV3',
      [pictures(graph, x, shape), gamma, offset, none, none],
      attributes(epsilon),
    );
  const key = `batch norm ${x} ${gamma} ${epsilon}`;
  if (beta === undefined)
    return graph.once(key, () => make(graph.node('ZerosLike', [gamma], { T: type('f32') })));
  const kernel = graph.once(`${key} ${beta}`, () => make(beta));
  graph.once(key, () => kernel);
  return kernel;
}

const attributes = (epsilon: number) => ({
  T: type('f32'),
  U: type('f32'),
  epsilon: float(epsilon),
  data_format: text('NHWC'),
  is_training: bool(true),
});

/** The kernels take N, H, W, C. */
function pictures(graph: GraphWriter, x: Tensor, shape: readonly number[]): Tensor {
  const places = sizeOf(shape.slice(1, -1));
  const [height, width] = shape.length === 4 ? shape.slice(1, 3) : [places, 1];
  return graph.reshape(x, [shape[0]!, height!, width!, shape.at(-1)!]);
}
