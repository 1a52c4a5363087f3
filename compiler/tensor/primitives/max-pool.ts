import { pullback } from '../autodiff.ts';
import type { Value } from '../builder.ts';
import { windowCount } from '../convolution.ts';
import { callable, type Primitive, ProgramError } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { showShape } from '../shapes.ts';
import { combineWindows } from '../windows.ts';
import { maximum } from './maximum.ts';
import { pad } from './pad.ts';

export type MaxPoolAttributes = {
  readonly window: readonly number[];
  readonly strides: readonly number[];
  /** Never chosen: what lies outside counts as smaller than anything. */
  readonly padding: readonly (readonly [before: number, after: number])[];
};

/** Smaller than any activation, and still a number that JSON and f32 can hold. */
const LOWEST = -3.4028234663852886e38;

const definition: Primitive<MaxPoolAttributes> = {
  name: 'max_pool',
  summary: 'largest value in every window of x (N…C)',
  family: 'composite',
  infer([x], { window, strides, padding }) {
    const axes = x!.shape.length - 2;
    const fits =
      [window, strides, padding].every((list) => list.length === axes) &&
      window.every((size, axis) => padding[axis]!.every((count) => count >= 0 && count < size));
    const spatial = x!.shape
      .slice(1, -1)
      .map((length, axis) => windowCount(length, window[axis]!, strides[axis]!, padding[axis]!));
    if (!fits || x!.dtype !== 'f32' || spatial.some((length) => length < 1)) {
      throw new ProgramError(
        `max_pool of ${x!.dtype} ${showShape(x!.shape)}: ${JSON.stringify({ window, strides, padding })}`,
      );
    }
    return { shape: [x!.shape[0]!, ...spatial, x!.shape.at(-1)!], dtype: 'f32' };
  },
  gradient: ({ inputs: [x], attributes, needed }, d) =>
    needed[0] ? pullback(largest(x!, attributes), [x!], d) : [null],
  decompose: ([x], attributes) => largest(x!, attributes),
  flops: (_inputs, output, { window }) => sizeOf(output.shape) * sizeOf(window),
  examples: [
    {
      inputs: [[1, 4, 4, 2]],
      attributes: {
        window: [2, 2],
        strides: [2, 2],
        padding: [
          [0, 0],
          [0, 0],
        ],
      },
    },
    {
      inputs: [[1, 5, 4, 1]],
      attributes: {
        window: [3, 2],
        strides: [2, 1],
        padding: [
          [1, 1],
          [0, 1],
        ],
      },
    },
    { inputs: [[2, 5, 1]], attributes: { window: [3], strides: [1], padding: [[0, 0]] } },
    {
      inputs: [[1, 2, 3, 2, 1]],
      attributes: {
        window: [2, 2, 2],
        strides: [1, 1, 2],
        padding: [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
      },
    },
  ],
};

/** The maximum of strided slices, one for every place in the window. */
function largest(x: Value, { window, strides, padding }: MaxPoolAttributes): Value {
  const padded = padding.flat().some((count) => count > 0)
    ? pad(x, {
        before: [0, ...padding.map(([before]) => before), 0],
        after: [0, ...padding.map(([, after]) => after), 0],
        value: LOWEST,
      })
    : x;
  return combineWindows(padded, window, strides, (a, b) => maximum(a, b));
}

/** The largest value in every window over the spatial axes; the first of equals gets the gradient. */
export const maxPool = callable(
  definition,
  (x: Value, attributes: Partial<MaxPoolAttributes> & { readonly window: readonly number[] }): Value =>
    x.builder.apply(definition, [x], {
      strides: attributes.window,
      padding: attributes.window.map(() => [0, 0] as const),
      ...attributes,
    }),
);
