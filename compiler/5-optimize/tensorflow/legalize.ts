import { pad, type Value } from '../../tensor/index.ts';
import { decompose, type Rule, settle } from '../rewrite.ts';
import {
  convolve,
  eachGroup,
  isDilated,
  type Use,
  useOf,
  withoutDilation,
  withoutPadding,
  withSecondAxis,
} from '../simpler-convolutions.ts';
import type { Target } from '../target.ts';
import { fuseTensorflow } from './fuse.ts';
import { leakyReluGrad } from './leaky-relu-grad.ts';
import { paddingRule } from './padding-rule.ts';

/**
 * TensorFlow on a CPU convolves over two axes with any padding; over three, and for gradients that are fast, it
 * pads by rule only. Its gradients know no dilation, and not all of its kernels know groups. One step from what
 * is missing towards what is there.
 */
const convolution: Rule = (node, inputs, { nodes }) => {
  const use = useOf(node);
  const { attributes } = use;
  const [a, b] = inputs as readonly [Value, Value];
  if (attributes.groups > 1) return eachGroup(a, b, use);
  const axes = attributes.strides.length;
  if (axes === 1) return withSecondAxis(a, b, use);
  const isFree = axes === 2 && node.op === 'conv';
  if (isFree) return null;
  if (isDilated(attributes)) return withoutDilation(a, b, use);
  if (paddingRule(node, [nodes[a.id]!, nodes[b.id]!]) === null) return withoutPadding(a, b, use);
  const isThin = node.op === 'conv_input_grad' && b.shape.slice(-2).every((size) => size === 1);
  return isThin ? withSecondFilter(a, b, use) : null;
};

/**
 * The input gradient of a kernel from one channel to one gives numbers that differ from run to run (TensorFlow 2.21
 * on a CPU); with a second filter, of zeros, it is right.
 */
function withSecondFilter(dy: Value, kernel: Value, use: Use): Value {
  const oneMore = (x: Value) => pad(x, { after: x.shape.map(() => 0).with(-1, 1) });
  return convolve(oneMore(dy), oneMore(kernel), use);
}

/** What the optimizer must know of TensorFlow. */
export const tensorflowTarget: Target = {
  name: 'tensorflow',
  fuse: fuseTensorflow,
  primitives: [leakyReluGrad.primitive],
  legalize: (program) =>
    settle(program, {
      conv: convolution,
      conv_input_grad: convolution,
      conv_filter_grad: convolution,
      max_pool: decompose,
    }),
};
