import type { Value } from '../builder.ts';
import {
  type ConvolutionAttributes,
  completeConvolution,
  convolutionCases,
  convolutionFlops,
  convolutionShape,
} from '../convolution.ts';
import { callable, type Primitive } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import { convFilterGrad } from './conv-filter-grad.ts';
import { convInputGrad } from './conv-input-grad.ts';

const definition: Primitive<ConvolutionAttributes> = {
  name: 'conv',
  summary: 'cross-correlation of x (N…C) with a kernel (…IO): strides, padding, dilations, groups',
  family: 'convolve',
  infer: ([x, kernel], attributes) => ({
    shape: convolutionShape('conv', x!.shape, kernel!.shape, attributes),
    dtype: 'f32',
  }),
  gradient: ({ inputs: [x, kernel], attributes, needed }, d) => [
    needed[0] ? convInputGrad(d, kernel!, { ...attributes, inputShape: x!.shape }) : null,
    needed[1] ? convFilterGrad(x!, d, { ...attributes, filterShape: kernel!.shape }) : null,
  ],
  flops: ([, kernel], output) => convolutionFlops(sizeOf(output.shape), kernel!.shape),
  examples: convolutionCases.map(({ x, kernel, attributes }) => ({
    inputs: [x, kernel],
    attributes: completeConvolution(x.length - 2, attributes),
  })),
};

/** What machine learning calls convolution, over 1, 2 or 3 axes: x is N…C, the kernel …IO. */
export const conv = callable(
  definition,
  (x: Value, kernel: Value, attributes: Partial<ConvolutionAttributes> = {}): Value =>
    x.builder.apply(definition, [x, kernel], completeConvolution(x.shape.length - 2, attributes)),
);
