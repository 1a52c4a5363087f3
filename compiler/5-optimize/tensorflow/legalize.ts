import type { Value } from '../../tensor/index.ts';
import { decompose, type Rule, settle } from '../rewrite.ts';
import {
  eachGroup,
  isDilated,
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
  return paddingRule(node, [nodes[a.id]!, nodes[b.id]!]) === null ? withoutPadding(a, b, use) : null;
};

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
