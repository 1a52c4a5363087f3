import type { Value } from '../builder.ts';
import {
  type ConvolutionAttributes,
  checkConvolution,
  completeConvolution,
  convolutionCases,
  convolutionFlops,
  convolutionShape,
} from '../convolution.ts';
import { callable, type Primitive } from '../primitive.ts';
import { sizeOf } from '../program.ts';
import type { Shape } from '../shapes.ts';
import { conv } from './conv.ts';
import { convInputGrad } from './conv-input-grad.ts';

export type ConvFilterGradAttributes = ConvolutionAttributes & { readonly filterShape: Shape };

const definition: Primitive<ConvFilterGradAttributes> = {
  name: 'conv_filter_grad',
  summary: 'gradient of conv for its kernel of shape filterShape, from x and the gradient dy of its result',
  family: 'convolve',
  infer([x, dy], { filterShape, ...attributes }) {
    checkConvolution('conv_filter_grad', x!.shape, filterShape, dy!, attributes);
    return { shape: filterShape, dtype: 'f32' };
  },
  gradient({ inputs: [x, dy], attributes: { filterShape: _, ...attributes }, needed }, d) {
    return [
      needed[0] ? convInputGrad(dy!, d, { ...attributes, inputShape: x!.shape }) : null,
      needed[1] ? conv(x!, d, attributes) : null,
    ];
  },
  flops: ([, dy], _output, { filterShape }) => convolutionFlops(sizeOf(dy!.shape), filterShape),
  examples: convolutionCases.map(({ x, kernel, attributes }) => {
    const complete = completeConvolution(x.length - 2, attributes);
    return {
      inputs: [x, convolutionShape('conv', x, kernel, complete)],
      attributes: { ...complete, filterShape: kernel },
    };
  }),
};

/** The gradient of conv(x, kernel) for the kernel, given that of its result. */
export const convFilterGrad = callable(
  definition,
  (
    x: Value,
    dy: Value,
    { filterShape, ...attributes }: Partial<ConvolutionAttributes> & { readonly filterShape: Shape },
  ): Value =>
    x.builder.apply(definition, [x, dy], {
      ...completeConvolution(x.shape.length - 2, attributes),
      filterShape,
    }),
);
