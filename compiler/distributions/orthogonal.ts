import { UNBOUNDED } from '../3-check/interval.ts';
import * as t from '../tensor/index.ts';
import type { Distribution } from './distribution.ts';

export const orthogonal: Distribution = {
  name: 'orthogonal',
  summary: 'a random rotation: keeps the length of what goes through it',
  documentation: `
The kernel, seen as a matrix with one column per output, has columns of length \`gain\` at right angles to each other; where it has
more outputs than inputs, its rows are so. Of all such matrices each is equally likely. SAGAN and BigGAN begin with it.

A matrix of normal numbers is brought to the nearest such matrix by Newton–Schulz iteration, X ← X (3 − XᵀX) / 2, which is made of
matrix products. How many steps it takes follows from the shape: square matrices take the most.

Saxe, McClelland & Ganguli, *Exact Solutions to the Nonlinear Dynamics of Learning in Deep Linear Neural Networks*, 2014.
`,
  arguments: [{ name: 'gain', kind: 'number', summary: 'a factor on the matrix', default: 1, min: 0 }],
  range: () => UNBOUNDED,
  draw({ shape, args, outputAxis, normal }) {
    const outputs = shape[outputAxis ?? shape.length - 1] ?? 1;
    const others = t.sizeOf(shape) / outputs;
    // As many columns as rows, or fewer.
    const [rows, columns] = [Math.max(outputs, others), Math.min(outputs, others)];
    const matrix = nearestOrthogonal(normal([rows, columns]));
    const upright = outputs > others ? t.transpose(matrix, [1, 0]) : matrix;
    const scaled = t.mul(upright, args.number('gain'));
    if (outputAxis === null || outputAxis === shape.length - 1) return t.reshape(scaled, shape);
    const last = t.reshape(scaled, [...shape.toSpliced(outputAxis, 1), outputs]);
    const axes = shape.map((_, axis) => axis).slice(0, -1);
    return t.transpose(last, axes.toSpliced(outputAxis, 0, shape.length - 1));
  },
};

/** The orthogonal factor of the polar decomposition of a matrix that is not wider than it is high. */
function nearestOrthogonal(drawn: t.Value): t.Value {
  const [rows, columns] = drawn.shape as [number, number];
  const inner = gram(drawn);
  // No singular value is above the fourth root of the sum of their fourth powers.
  const bound = t.sqrt(t.norm(inner));
  const within = t.div(drawn, bound);
  const steps = stepsFor(rows, columns);
  // A high matrix is well conditioned, so that the small inner products can be iterated alone; one step mends rounding.
  return rows < 2 * columns
    ? Array.from({ length: steps }).reduce<t.Value>(nearer, within)
    : nearer(times(within, t.div(inner, t.square(bound)), steps));
}

function gram(x: t.Value): t.Value {
  return t.matmul(t.transpose(x, [1, 0]), x);
}

/** x · (3 − by) / 2 */
function step(x: t.Value, by: t.Value): t.Value {
  return t.sub(t.mul(x, 1.5), t.mul(t.matmul(x, by), 0.5));
}

function nearer(x: t.Value): t.Value {
  return step(x, gram(x));
}

/** x after so many steps, given its inner products, which all factors of the steps commute with. */
function times(x: t.Value, inner: t.Value, steps: number): t.Value {
  // The product of the factors so far is whole · 1 + part.
  let [whole, part, products] = [1.5, t.mul(inner, -0.5), step(step(inner, inner), inner)];
  for (let at = 1; at < steps; at++) {
    part = t.sub(step(part, products), t.mul(products, whole / 2));
    whole *= 1.5;
    products = step(step(products, products), products);
  }
  return t.add(t.mul(x, whole), t.matmul(x, part));
}

/**
 * A small singular value grows by half in every step, and is 1 a few steps after it has come near. The least one of a
 * matrix of normal numbers is about √rows − √columns; of a square one, 1 / √columns, a thousandth of that once in
 * a thousand times.
 */
function stepsFor(rows: number, columns: number): number {
  const least = Math.max(Math.sqrt(rows) - Math.sqrt(columns) - 1, 1e-3 / Math.sqrt(columns));
  const bound = (rows * columns * (rows + columns + 1)) ** 0.25;
  return Math.ceil(Math.log(bound / least) / Math.log(1.5)) + 5;
}
