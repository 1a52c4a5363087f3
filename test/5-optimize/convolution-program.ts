import * as t from '../../compiler/tensor/index.ts';

export interface Size {
  readonly batch: number;
  readonly length: number;
  readonly window: number;
  readonly stride?: number;
  readonly channels: readonly [from: number, to: number];
}

/** A convolution whose padding keeps the size, but for its stride, and as many of its gradients as are asked for. */
export function convolution(
  { batch, length, window, stride = 1, channels }: Size,
  gradients: 0 | 1 | 2 = 2,
): t.Program {
  const builder = new t.Builder('test');
  const tensor = (name: string, shape: readonly number[]) =>
    t.input(builder, { name, shape, dtype: 'f32', from: { kind: 'count' } });
  const x = tensor('x', [batch, length, length, channels[0]]);
  const kernel = tensor('kernel', [window, window, ...channels]);
  const total = window - stride;
  const pads = [Math.floor(total / 2), Math.ceil(total / 2)] as const;
  const y = t.conv(x, kernel, { strides: [stride, stride], padding: [pads, pads] });
  builder.output('y', y);
  const dy = tensor('dy', y.shape);
  t.pullback(y, [x, kernel].slice(0, gradients), dy).forEach((gradient, index) => {
    builder.output(`gradient ${index}`, gradient);
  });
  return builder.finish();
}
