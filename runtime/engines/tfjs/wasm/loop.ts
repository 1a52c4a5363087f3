/** How a tensor is walked: its step along every axis of the loop, in elements, and where it starts. */
export interface Walk {
  readonly strides: readonly number[];
  readonly offset: number;
}

/** A nest of loops over all places of `sizes`, the last axis innermost. */
export interface Loop {
  readonly sizes: readonly number[];
  readonly output: Walk;
  readonly inputs: readonly Walk[];
  /** The tensors are conditions, a byte each, and are only moved. */
  readonly ofBytes?: boolean;
}

/** The strides of a tensor that lies row by row. */
export function rowMajor(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides.unshift(stride);
    stride *= shape[axis]!;
  }
  return strides;
}

/** Walks a tensor of `shape` along a loop over the larger `sizes`, standing still where it is broadcast. */
export function broadcastWalk(shape: readonly number[], sizes: readonly number[]): Walk {
  const own = rowMajor(shape);
  const missing = sizes.length - shape.length;
  const strides = sizes.map((_, axis) => {
    const at = axis - missing;
    return at < 0 || shape[at] === 1 ? 0 : own[at]!;
  });
  return { strides, offset: 0 };
}

/** The same loop with as few axes as can be: axes that all tensors walk as one become one. */
export function collapse({ sizes, output, inputs, ofBytes = false }: Loop): Loop {
  const walks = [output, ...inputs];
  const kept: number[] = [];
  const strides: number[][] = walks.map(() => []);
  sizes.forEach((size, axis) => {
    if (size === 1) return;
    const joins =
      kept.length > 0 && walks.every((walk, index) => strides[index]!.at(-1) === walk.strides[axis]! * size);
    if (joins) kept[kept.length - 1]! *= size;
    else kept.push(size);
    walks.forEach((walk, index) => {
      if (joins) strides[index]![kept.length - 1] = walk.strides[axis]!;
      else strides[index]!.push(walk.strides[axis]!);
    });
  });
  if (kept.length === 0) {
    kept.push(1);
    for (const list of strides) list.push(1);
  }
  const [first, ...others] = walks.map(({ offset }, index) => ({ offset, strides: strides[index]! }));
  return { sizes: kept, output: first!, inputs: others, ofBytes };
}
