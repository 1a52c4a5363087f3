import type { Emission } from './emission.ts';

export const matmul: Emission = ({ attributes }, _inputs, device) => {
  const kernel = device.kernel('BatchMatMul');
  const attrs = {
    transposeA: attributes.transposeA as boolean,
    transposeB: attributes.transposeB as boolean,
  };
  return ([a, b]) => kernel({ a: a!, b: b! }, attrs);
};
