import { union } from '../3-check/interval.ts';
import { Arguments } from '../arguments/arguments.ts';
import * as t from '../tensor/index.ts';
import { type Augment, defineAugmentation } from './parts/augmentation.ts';

/** The setting of the papers. */
export const HALF = new Arguments(new Map([['ratio', 0.5]]));

/** A rectangle of zeros in every image. */
export const cutOut: Augment = (x, args, { uniform }) => {
  const [batch, height, width] = x.shape as [number, number, number, number];
  const within = (length: number) => covered(length, args.number('ratio'), uniform([batch, 1]));
  const rows = t.reshape(within(height), [batch, height, 1, 1]);
  const columns = t.reshape(within(width), [batch, 1, width, 1]);
  return t.mul(x, t.sub(1, t.mul(rows, columns)));
};

/** 1 at the places of an axis that a stretch covers, 0 elsewhere: [N, length]. It may begin or end outside. */
function covered(length: number, ratio: number, drawn: t.Value): t.Value {
  const size = Math.floor(length * ratio + 0.5);
  const middle = t.floor(t.mul(drawn, length + (1 - (size % 2))));
  const begin = t.sub(middle, Math.floor(size / 2));
  const places = t.constant(
    drawn.builder,
    Array.from({ length }, (_, at) => at),
    [1, length],
  );
  const isBefore = t.cast(t.less(places, begin), 'f32');
  return t.sub(t.cast(t.less(places, t.add(begin, size)), 'f32'), isBefore);
}

export const randomCutout = defineAugmentation({
  name: 'random_cutout',
  summary: 'cuts a rectangle out of every image, each at another place',
  documentation: `
Puts zeros into a rectangle of \`ratio\` times the size of the image; its middle lies anywhere in the image, so that it may reach over
the border. In sampling it does nothing.
All frames of a clip are changed alike; \`per_frame { … }\` changes each another way.

Cut out of ones it is a mask, with which one picture shows in a hole of another as in CutMix: \`mask = 0 * real + 1 -> random_cutout ->
pick_channels(1)\`, then \`mix = mask * real + (1 - mask) * fake\`. U-Net GAN (Schönfeld, Schiele & Khoreva, 2020) has D tell the two apart
pixel by pixel.

Zhao et al., *Differentiable Augmentation for Data-Efficient GAN Training*, 2020.
`,
  arguments: [
    {
      name: 'ratio',
      kind: 'number',
      summary: 'the size of the rectangle, as a share of that of the image',
      default: 0.5,
      min: 0,
      max: 1,
    },
  ],
  range: (x) => union(x, { low: 0, high: 0 }),
  augment: cutOut,
  calls: ['random_cutout(0.3)'],
});
