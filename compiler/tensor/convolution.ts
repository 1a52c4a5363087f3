import { ProgramError, type Signature } from './primitive.ts';
import { type Shape, sameShape, showShape } from './shapes.ts';

/** One entry per spatial axis. */
export type ConvolutionAttributes = {
  readonly strides: readonly number[];
  /** Zeros before and after. */
  readonly padding: readonly (readonly [before: number, after: number])[];
  /** Distance between neighbouring taps of the kernel. */
  readonly dilations: readonly number[];
  /** Channels are cut into so many groups that do not see each other. */
  readonly groups: number;
};

/** Fills in what was left out: stride 1, no padding, no dilation, one group. */
export function completeConvolution(
  axes: number,
  { strides, padding, dilations, groups }: Partial<ConvolutionAttributes>,
): ConvolutionAttributes {
  const ones = Array.from({ length: axes }, () => 1);
  return {
    strides: strides ?? ones,
    padding: padding ?? ones.map(() => [0, 0] as const),
    dilations: dilations ?? ones,
    groups: groups ?? 1,
  };
}

/** Positions that a window of `size` taps takes along an axis; below 1 when it does not fit at all. */
export function windowCount(
  length: number,
  size: number,
  stride: number,
  [before, after]: readonly [number, number],
  dilation = 1,
): number {
  return Math.floor((length + before + after - (size - 1) * dilation - 1) / stride) + 1;
}

/** The shape of conv(x, kernel), both checked: x is N…C, the kernel is …IO with I = C / groups. */
export function convolutionShape(
  op: string,
  x: Shape,
  kernel: Shape,
  attributes: ConvolutionAttributes,
): number[] {
  const { strides, padding, dilations, groups } = attributes;
  const axes = x.length - 2;
  const spatial = x
    .slice(1, -1)
    .map((length, axis) =>
      windowCount(length, kernel[axis]!, strides[axis]!, padding[axis]!, dilations[axis]!),
    );
  const fits =
    axes >= 1 &&
    axes <= 3 &&
    kernel.length === x.length &&
    [strides, padding, dilations].every((list) => list.length === axes) &&
    [...strides, ...dilations, groups].every((count) => Number.isInteger(count) && count >= 1) &&
    padding.flat().every((count) => Number.isInteger(count) && count >= 0) &&
    x.at(-1) === kernel.at(-2)! * groups &&
    kernel.at(-1)! % groups === 0 &&
    spatial.every((length) => length >= 1);
  if (!fits) {
    throw new ProgramError(
      `${op} of ${showShape(x)} with kernel ${showShape(kernel)}: ${JSON.stringify(attributes)}`,
    );
  }
  return [x[0]!, ...spatial, kernel.at(-1)!];
}

/** Checks that a given output gradient has the shape that the convolution would have. */
export function checkConvolution(
  op: string,
  x: Shape,
  kernel: Shape,
  dy: Signature,
  attributes: ConvolutionAttributes,
): void {
  const expected = convolutionShape(op, x, kernel, attributes);
  if (!sameShape(expected, dy.shape)) {
    throw new ProgramError(
      `${op}: ${showShape(x)} with kernel ${showShape(kernel)} gives ${showShape(expected)}, not ${showShape(dy.shape)}`,
    );
  }
}

/** Two per tap, channel and output element; taps that fall on padding are counted too. */
export function convolutionFlops(outputSize: number, kernel: Shape): number {
  return 2 * outputSize * kernel.slice(0, -1).reduce((product, size) => product * size, 1);
}

/** Uses that between them have every feature, in 1, 2 and 3 axes: shapes of x and of the kernel. */
export const convolutionCases: readonly {
  readonly x: Shape;
  readonly kernel: Shape;
  readonly attributes: Partial<ConvolutionAttributes>;
}[] = [
  { x: [2, 5, 2], kernel: [3, 2, 3], attributes: {} },
  { x: [1, 6, 2], kernel: [3, 1, 4], attributes: { strides: [2], padding: [[2, 0]], groups: 2 } },
  {
    x: [2, 4, 5, 2],
    kernel: [3, 3, 2, 3],
    attributes: {
      padding: [
        [1, 1],
        [0, 2],
      ],
    },
  },
  {
    x: [1, 5, 6, 2],
    kernel: [4, 3, 2, 2],
    attributes: {
      strides: [2, 2],
      padding: [
        [1, 2],
        [1, 1],
      ],
    },
  },
  {
    x: [1, 6, 5, 1],
    kernel: [2, 3, 1, 2],
    attributes: {
      dilations: [3, 2],
      padding: [
        [0, 1],
        [1, 0],
      ],
    },
  },
  {
    x: [1, 7, 6, 4],
    kernel: [3, 2, 2, 2],
    attributes: {
      strides: [2, 3],
      dilations: [2, 1],
      padding: [
        [2, 1],
        [0, 1],
      ],
      groups: 2,
    },
  },
  {
    x: [2, 5, 4, 6],
    kernel: [3, 4, 2, 6],
    attributes: {
      strides: [2, 2],
      padding: [
        [1, 1],
        [1, 2],
      ],
      groups: 3,
    },
  },
  {
    x: [1, 4, 3, 3],
    kernel: [3, 3, 1, 3],
    attributes: {
      padding: [
        [1, 1],
        [1, 1],
      ],
      groups: 3,
    },
  },
  { x: [1, 3, 3, 2, 4], kernel: [2, 2, 1, 2, 2], attributes: { groups: 2 } },
  {
    x: [1, 3, 4, 3, 2],
    kernel: [2, 3, 2, 2, 1],
    attributes: {
      strides: [1, 2, 1],
      padding: [
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    },
  },
];
