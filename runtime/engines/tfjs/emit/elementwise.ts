import type { DType } from '../../../../compiler/tensor/program.ts';
import { sameShape } from '../../../../compiler/tensor/shapes.ts';
import type { TensorInfo } from '../device.ts';
import type { Emission } from './emission.ts';
import { broadcast } from './move.ts';

/** y = f(x) by the kernel of that name. */
export function unary(name: string): Emission {
  return (_node, _inputs, device) => {
    const kernel = device.kernel(name);
    return ([x]) => kernel({ x: x! });
  };
}

/** z = f(x, y) by the kernel of that name, which broadcasts by itself. */
export function binary(name: string): Emission {
  return (_node, _inputs, device) => {
    const kernel = device.kernel(name);
    return ([a, b]) => kernel({ a: a!, b: b! });
  };
}

export const leakyRelu: Emission = ({ attributes }, _inputs, device) => {
  const kernel = device.kernel('LeakyRelu');
  const alpha = attributes.slope as number;
  return ([x]) => kernel({ x: x! }, { alpha });
};

export const step: Emission = ({ attributes }, _inputs, device) => {
  const kernel = device.kernel('Step');
  const alpha = attributes.low as number;
  return ([x]) => kernel({ x: x! }, { alpha });
};

/** The kernel does not broadcast (it would run on without end): what is smaller is repeated first. */
export const select: Emission = (node, inputs, device) => {
  const kernel = device.kernel('Select');
  const repeats = inputs.map((input) =>
    sameShape(input.shape, node.shape) ? null : broadcast(node, [input], device),
  );
  return (tensors) => {
    const whole = tensors.map((tensor, index) => repeats[index]?.([tensor]) ?? tensor);
    const [condition, t, e] = whole;
    const result = kernel({ condition: condition!, t: t!, e: e! });
    whole.forEach((tensor, index) => {
      if (repeats[index]) device.free(tensor);
    });
    return result;
  };
};

/** By way of numbers outside the backend. */
export const cast: Emission = ({ attributes, shape }, _inputs, device) => {
  const dtype = attributes.dtype as DType;
  return ([x]: readonly TensorInfo[]) => {
    const numbers = device.read(x!);
    if (dtype === 'f32') return device.write(Float32Array.from(numbers), shape, dtype);
    if (dtype === 'i32') return device.write(Int32Array.from(numbers, Math.trunc), shape, dtype);
    return device.write(
      Int32Array.from(numbers, (number) => Number(number !== 0)),
      shape,
      dtype,
    );
  };
};
