import type { Emission } from './emission.ts';

/** Σ over axes; the kernel reduces the innermost axes and transposes first where others are asked for. */
export const sum: Emission = ({ attributes }, _inputs, device) => {
  const kernel = device.kernel('Sum');
  const attrs = { axis: attributes.axes as number[], keepDims: attributes.keep as boolean };
  return ([x]) => kernel({ x: x! }, attrs);
};

export const max: Emission = ({ attributes }, _inputs, device) => {
  const kernel = device.kernel('Max');
  const attrs = { reductionIndices: attributes.axes as number[], keepDims: attributes.keep as boolean };
  return ([x]) => kernel({ x: x! }, attrs);
};

export const argmax: Emission = ({ attributes }, _inputs, device) => {
  const kernel = device.kernel('ArgMax');
  const attrs = { axis: attributes.axis as number };
  return ([x]) => kernel({ x: x! }, attrs);
};
