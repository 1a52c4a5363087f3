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
import { convFilterGrad } from './conv-filter-grad.ts';

export type ConvInputGradAttributes = ConvolutionAttributes & { readonly inputShape: Shape };

const definition: Primitive<ConvInputGradAttributes> = {
  name: 'conv_input_grad',
  summary: 'gradient of conv for its input of shape inputShape: a transposed convolution of dy',
  family: 'convolve',
  infer([dy, kernel], { inputShape, ...attributes }) {
    checkConvolution('conv_input_grad', inputShape, kernel!.shape, dy!, attributes);
    return { shape: inputShape, dtype: 'f32' };
  },
  gradient({ inputs: [dy, kernel], attributes: { inputShape: _, ...attributes }, needed }, d) {
    return [
      needed[0] ? conv(d, kernel!, attributes) : null,
      needed[1] ? convFilterGrad(d, dy!, { ...attributes, filterShape: kernel!.shape }) : null,
    ];
  },
  flops: ([dy, kernel]) => convolutionFlops(sizeOf(dy!.shape), kernel!.shape),
  examples: convolutionCases.map(({ x, kernel, attributes }) => {
    const complete = completeConvolution(x.length - 2, attributes);
    return {
      inputs: [convolutionShape('conv', x, kernel, complete), kernel],
      attributes: { ...complete, inputShape: x },
    };
  }),
};

/**
 * The gradient of conv(x, kernel) for x, given that of its result. It is also the transposed convolution:
 * `inputShape` is then the shape that comes out, and the kernel's I and O are its output and input channels.
 */
export const convInputGrad = callable(
  definition,
  (
    dy: Value,
    kernel: Value,
    { inputShape, ...attributes }: Partial<ConvolutionAttributes> & { readonly inputShape: Shape },
  ): Value =>
    dy.builder.apply(definition, [dy, kernel], {
      ...completeConvolution(dy.shape.length - 2, attributes),
      inputShape,
    }),
);
