import { BYTES_PER_ELEMENT } from '../../../../compiler/tensor/program.ts';
import type { TensorInfo } from '../device.ts';
import { rowMajor } from '../wasm/loop.ts';
import { conv } from './convolve.ts';
import type { Emission } from './emission.ts';
import { copy } from './loops.ts';

/**
 * A convolution in groups, which the kernel does not have: group by group, its channels copied out of x and of the kernel
 * and its results into theirs. One node however many groups there are; one loop for all of them, begun at another address.
 */
export const convInGroups: Emission = (node, inputs, device) => {
  const groups = node.attributes.groups as number;
  const one = conv(node, inputs, device);
  if (groups === 1) return one;
  const part = ({ shape }: { readonly shape: readonly number[] }) => {
    const size = shape.with(-1, shape.at(-1)! / groups);
    const [within, alone] = [rowMajor(shape), rowMajor(size)].map((strides) => ({ strides, offset: 0 }));
    return {
      bytes: size.at(-1)! * BYTES_PER_ELEMENT,
      size,
      take: copy(device, size, alone!, within!),
      put: copy(device, size, within!, alone!),
    };
  };
  const [result, ...operands] = [node, ...inputs].map(part);
  return (tensors) => {
    const output = device.allocate(node.shape, 'f32');
    for (let group = 0; group < groups; group++) {
      const parts = operands.map(({ bytes, size, take }, index): TensorInfo => {
        const taken = device.allocate(size, 'f32');
        take(device.address(taken), device.address(tensors[index]!) + group * bytes);
        return taken;
      });
      const y = one(parts);
      result!.put(device.address(output) + group * result!.bytes, device.address(y));
      for (const tensor of [...parts, y]) device.free(tensor);
    }
    return output;
  };
};
