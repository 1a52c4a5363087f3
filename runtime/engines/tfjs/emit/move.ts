import { view } from '../device.ts';
import type { Emission } from './emission.ts';

/** Another view of the same bytes: nothing is computed, nothing is to be freed. */
export const reshape: Emission =
  ({ shape }) =>
  ([x]) =>
    view(x!, shape);

export const transpose: Emission = ({ attributes }, _inputs, device) => {
  const kernel = device.kernel('Transpose');
  const attrs = { perm: attributes.perm as number[] };
  return ([x]) => kernel({ x: x! }, attrs);
};

/** Tiling repeats whole axes: size-1 axes are put in front, then repeated as often as asked. */
export const broadcast: Emission = ({ shape }, [input], device) => {
  const kernel = device.kernel('Tile');
  const aligned = [...shape.map(() => 1).slice(input!.shape.length), ...input!.shape];
  const reps = shape.map((size, axis) => size / aligned[axis]!);
  return ([x]) => kernel({ x: view(x!, aligned) }, { reps });
};

export const slice: Emission = ({ attributes, shape }, _inputs, device) => {
  const kernel = device.kernel('StridedSlice');
  const begin = attributes.begin as number[];
  const strides = attributes.strides as number[];
  const end = begin.map((start, axis) => start + (shape[axis]! - 1) * strides[axis]! + 1);
  const attrs = {
    begin,
    end,
    strides,
    beginMask: 0,
    endMask: 0,
    ellipsisMask: 0,
    newAxisMask: 0,
    shrinkAxisMask: 0,
  };
  return ([x]) => kernel({ x: x! }, attrs);
};

/** Zeros (or another value) around x, or its reflection; what lies between elements has been legalized away. */
export const pad: Emission = ({ attributes }, _inputs, device) => {
  const after = attributes.after as number[];
  const paddings = (attributes.before as number[]).map((count, axis) => [count, after[axis]!]);
  if (attributes.mode === 'reflect') {
    const kernel = device.kernel('MirrorPad');
    return ([x]) => kernel({ x: x! }, { paddings, mode: 'reflect' });
  }
  const kernel = device.kernel('PadV2');
  return ([x]) => kernel({ x: x! }, { paddings, constantValue: attributes.value as number });
};

export const concat: Emission = ({ attributes }, _inputs, device) => {
  const kernel = device.kernel('Concat');
  const axis = attributes.axis as number;
  // tfjs takes the inputs of this one kernel as a list.
  return (inputs) => kernel(inputs as never, { axis });
};

export const reverse: Emission = ({ attributes }, _inputs, device) => {
  const kernel = device.kernel('Reverse');
  const dims = attributes.axes as number[];
  return ([x]) => kernel({ x: x! }, { dims });
};

export const gather: Emission = (_node, _inputs, device) => {
  const kernel = device.kernel('GatherV2');
  return ([x, indices]) => kernel({ x: x!, indices: indices! }, { axis: 0, batchDims: 0 });
};

/** The kernel takes indices as a list of one-number places, and adds up what falls on the same row. */
export const scatterAdd: Emission = ({ shape }, [indices, updates], device) => {
  const kernel = device.kernel('ScatterNd');
  const count = indices!.shape.reduce((product, size) => product * size, 1);
  const rows = [count, ...updates!.shape.slice(indices!.shape.length)];
  return ([places, values]) =>
    kernel({ indices: view(places!, [count, 1]), updates: view(values!, rows) }, { shape: [...shape] });
};
