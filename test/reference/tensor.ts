/** A tensor of the reference: numbers in row-major order, in float64; bool as 0 and 1. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function tensor(shape: readonly number[], data: ArrayLike<number>): Tensor {
  return { shape, data: Float64Array.from(data) };
}

/** Makes a tensor by asking for the number at each index. */
export function tabulate(shape: readonly number[], at: (index: readonly number[]) => number): Tensor {
  const data = new Float64Array(count(shape));
  let place = 0;
  for (const index of indicesOf(shape)) data[place++] = at(index);
  return { shape, data };
}

export function at(x: Tensor, index: readonly number[]): number {
  return x.data[offset(x.shape, index)]!;
}

/** Like `at`, but 0 outside of the tensor. */
export function atOrZero(x: Tensor, index: readonly number[]): number {
  return index.every((i, axis) => i >= 0 && i < x.shape[axis]!) ? at(x, index) : 0;
}

/** The number that broadcasting puts at `index`: aligned at the right, size 1 standing for every place. */
export function broadcastAt(x: Tensor, index: readonly number[]): number {
  const skip = index.length - x.shape.length;
  return at(
    x,
    x.shape.map((size, axis) => (size === 1 ? 0 : index[axis + skip]!)),
  );
}

export function offset(shape: readonly number[], index: readonly number[]): number {
  return shape.reduce((place, size, axis) => place * size + index[axis]!, 0);
}

export function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** All indices of a shape in row-major order. */
export function* indicesOf(shape: readonly number[]): Generator<readonly number[]> {
  if (shape.some((size) => size < 1)) return;
  const index = shape.map(() => 0);
  for (;;) {
    yield index.slice();
    let axis = shape.length - 1;
    while (axis >= 0 && ++index[axis]! === shape[axis]!) index[axis--] = 0;
    if (axis < 0) return;
  }
}
