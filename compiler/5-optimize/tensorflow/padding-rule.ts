import type { Node } from '../../tensor/program.ts';
import { useOf } from '../simpler-convolutions.ts';

/**
 * The name that TensorFlow has for the padding of a convolution or of one of its gradients: `VALID` for none,
 * `SAME` for as many outputs as strides fit into the input, what is odd behind; null where no rule gives it.
 * `from` are the nodes that it reads.
 */
export function paddingRule(node: Node, from: readonly Node[]): 'VALID' | 'SAME' | null {
  const { op, attributes } = useOf(node);
  const { strides, padding, dilations } = attributes;
  const whole = op === 'conv_input_grad' ? node.shape : from[0]!.shape;
  const kernel = op === 'conv_filter_grad' ? node.shape : from[1]!.shape;
  if (padding.flat().every((count) => count === 0)) return 'VALID';
  const isSame = padding.every(([before, after], axis) => {
    const length = whole[axis + 1]!;
    const stride = strides[axis]!;
    const reach = (kernel[axis]! - 1) * dilations[axis]! + 1;
    const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach - length);
    return before === Math.floor(total / 2) && after === total - before;
  });
  return isSame ? 'SAME' : null;
}
