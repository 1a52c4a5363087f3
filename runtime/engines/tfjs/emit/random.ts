import { sizeOf } from '../../../../compiler/tensor/program.ts';
import { fillNormal, fillUniform } from '../../../../compiler/tensor/random.ts';
import type { Emission } from './emission.ts';

/** Random numbers are the compiler's own function of (key, place), the same on every engine. */
function drawn(fill: typeof fillUniform): Emission {
  return ({ attributes, shape }, _inputs, device) => {
    const place = attributes.place as number;
    const size = sizeOf(shape);
    return ([key]) => {
      const numbers = new Float32Array(size);
      fill(numbers, device.read(key!), place);
      return device.write(numbers, shape, 'f32');
    };
  };
}

export const uniform = drawn(fillUniform);
export const normal = drawn(fillNormal);
