import type { Device, Kernel, TensorInfo } from '../device.ts';
import type { Emission } from './emission.ts';

export const matmul: Emission = ({ attributes }, _inputs, device) => {
  const kernel = device.kernel('BatchMatMul');
  const attrs = {
    transposeA: attributes.transposeA as boolean,
    transposeB: attributes.transposeB as boolean,
  };
  return ([a, b]) => withOwnBytes(b!, device, (own) => kernel({ a: a!, b: own }, attrs));
};

/** The shape under which the bytes of a second factor were seen first. */
const firstShape = new WeakMap<object, string>();

/**
 * The wasm kernel packs its second factor once and finds it again by its bytes alone. Seen under another shape,
 * the same bytes would be read in the order of the first one: they are copied then, and so packed anew.
 */
function withOwnBytes(
  tensor: TensorInfo,
  device: Device,
  run: (tensor: TensorInfo) => TensorInfo,
): TensorInfo {
  const shape = tensor.shape.join();
  const known = firstShape.get(tensor.dataId);
  if (known === undefined) firstShape.set(tensor.dataId, shape);
  if (known === undefined || known === shape) return run(tensor);
  const identity: Kernel = device.kernel('Identity');
  const copy = identity({ x: tensor });
  try {
    return run(copy);
  } finally {
    device.free(copy);
  }
}
