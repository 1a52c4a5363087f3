import { ProgramError } from './primitive.ts';

export type Shape = readonly number[];

/** `[64, 28, 28, 1]`. */
export function showShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** The shape of an elementwise result by NumPy's rule: aligned at the right, size 1 stretches. */
export function broadcastShapes(op: string, ...shapes: readonly Shape[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  const result: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    let size = 1;
    for (const shape of shapes) {
      const own = shape[axis - rank + shape.length] ?? 1;
      if (own === 1 || own === size) continue;
      if (size !== 1) throw new ProgramError(`${op} cannot broadcast ${shapes.map(showShape).join(' and ')}`);
      size = own;
    }
    result.push(size);
  }
  return result;
}

/** Axes counted from 0, sorted, each once; all of them when none are named. Negative ones count from the end. */
export function normalizeAxes(op: string, rank: number, axes?: number | readonly number[]): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = typeof axes === 'number' ? [axes] : axes;
  const result = [...new Set(list.map((axis) => normalizeAxis(op, rank, axis)))];
  return result.sort((a, b) => a - b);
}

export function normalizeAxis(op: string, rank: number, axis: number): number {
  const result = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || result < 0 || result >= rank) {
    throw new ProgramError(`${op} has no axis ${axis} in a tensor of ${rank} axes`);
  }
  return result;
}

/** The shape left after reducing `axes`. */
export function reducedShape(shape: Shape, axes: readonly number[], keep: boolean): number[] {
  return shape.flatMap((size, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [size]));
}
