import { pad, reshape, type Value } from '../../tensor/index.ts';
import { viaFourier } from '../fourier.ts';
import type { FourierCost } from '../fourier-plan.ts';
import { decompose, type Rule, settle } from '../rewrite.ts';
import {
  convolve,
  isDilated,
  type Use,
  useOf,
  withoutDilation,
  withoutPadding,
  withSecondAxis,
} from '../simpler-convolutions.ts';
import { asSubpixels, type Subpixels } from '../subpixels.ts';
import type { Target } from '../target.ts';
import { fuseTensorflow } from './fuse.ts';
import { leakyReluGrad } from './leaky-relu-grad.ts';
import { paddingRule } from './padding-rule.ts';

/**
 * TensorFlow on a CPU convolves over two axes with any padding; over three, and for gradients that are fast, it
 * pads by rule only. Its gradients know no dilation. One step from what is missing towards what is there; groups are
 * taken apart where they are written into the graph.
 */
const convolution: Rule = (node, inputs, { nodes }) => {
  const use = useOf(node);
  const { attributes } = use;
  const [a, b] = inputs as readonly [Value, Value];
  const axes = attributes.strides.length;
  if (axes === 1) return withSecondAxis(a, b, use);
  const isFree = axes === 2 && node.op === 'conv';
  if (isFree) return null;
  const subpixels = node.op === 'conv_input_grad' ? asSubpixels(a, b, use, fillsLanes(b)) : null;
  if (subpixels) return subpixels;
  if (isDilated(attributes)) return withoutDilation(a, b, use);
  if (paddingRule(node, [nodes[a.id]!, nodes[b.id]!]) === null) return withoutPadding(a, b, use);
  const isThin =
    node.op === 'conv_input_grad' && b.shape.at(-2) === 1 && b.shape.at(-1) === attributes.groups;
  return isThin ? withSecondFilter(a, b, use) : null;
};

/** Channels that a kernel on a CPU computes at once: fewer of them take as long. */
const LANES = 16;

/** Whether subpixels take fewer runs of the lanes for all taps than the transposed convolution. */
function fillsLanes({ shape: [height, width, image] }: Value) {
  const runs = (channels: number) => Math.ceil(channels / LANES);
  return ({ taps, channels }: Subpixels) => taps * runs(channels) < height! * width! * runs(image!);
}

/**
 * The input gradient of a kernel from one channel to one gives numbers that differ from run to run (TensorFlow 2.21
 * on a CPU); with a second filter, of zeros, in every group it is right.
 */
function withSecondFilter(dy: Value, kernel: Value, use: Use): Value {
  const { groups } = use.attributes;
  const oneMore = (x: Value) => {
    const apart = reshape(x, [...x.shape.slice(0, -1), groups, 1]);
    return reshape(pad(apart, { after: apart.shape.map(() => 0).with(-1, 1) }), x.shape.with(-1, 2 * groups));
  };
  return convolve(oneMore(dy), oneMore(kernel), use);
}

/** Of one transformed signal, 64 MiB: it is larger than the signal itself, and may be kept for the way back. */
const LARGEST = 2 ** 24;

/**
 * Whether a convolution is faster by way of the Fourier transform, by a seventh at the least. Measured over 78 sizes on two cores:
 * while a convolution multiplies once, small products do so 0.7 times, and 30 to 40 multiplications take as long as
 * moving one number; strides cost a convolution 1.4 times as much.
 */
function isFasterThere({ products, transforms, moved, largest, direct, isStrided }: FourierCost): boolean {
  if (largest > LARGEST) return false;
  return 1.75 * products + 1.5 * transforms + 36 * moved < direct * (isStrided ? 1.4 : 1);
}

const viaFourierOnCpu = viaFourier(isFasterThere);

/** What the optimizer must know of TensorFlow. On a GPU its convolutions choose such ways themselves. */
export function tensorflowTarget({ usesGpu = false } = {}): Target {
  return {
    name: 'tensorflow',
    ordersItself: true,
    fuse: fuseTensorflow,
    primitives: [leakyReluGrad.primitive],
    legalize: (program) =>
      settle(usesGpu ? program : viaFourierOnCpu(program), {
        conv: convolution,
        conv_input_grad: convolution,
        conv_filter_grad: convolution,
        max_pool: decompose,
      }),
  };
}
