import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import { timesText } from '../diagnostics/wording.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inAllFrames } from './parts/augmentation.ts';
import { inputOfKind } from './parts/rank.ts';
import { rowsFrom, turned } from './parts/rows-from.ts';

export const randomCrop = defineLayer({
  name: 'random_crop',
  summary: 'cuts a square out of every image, each at another place',
  documentation: `
\`random_crop(256)\` makes [H, W, C] into [256, 256, C]: a window of that size, anywhere inside of the image with the same
probability, at another place for each. In sampling it is the one in the middle. All frames of a clip are cut at the same place.

The jitter of pix2pix and CycleGAN: pictures of 286 × 286, of which 256 × 256 are cut out and half are mirrored,

\`real = photos.image -> random_crop(256) -> random_flip\`

and \`pad(4) -> random_crop(32)\` moves pictures of 32 × 32 by at most 4 pixels. Two pictures that belong together are cut at the same
place, and mirrored together, as channels of one:

\`pair = concat(pairs.sketch, pairs.photo) -> random_crop(256) -> random_flip\`

\`sketch = pair -> pick_channels(3)\` and \`photo = pair -> pick_channels(3, from: 3)\`

Isola, Zhu, Zhou & Efros, *Image-to-Image Translation with Conditional Adversarial Networks*, 2017.
`,
  inputs: 'one',
  arguments: [{ name: 'size', kind: 'size', summary: 'height and width of what is cut out', min: 1 }],
  isRandom: true,
  shape(query) {
    const x = inputOfKind(query, 'random_crop', 'picture');
    if (!x) return null;
    const [height, width, channels] = x.slice(-3);
    const size = query.args.dim('size');
    const shortest = Math.min(height!.value ?? Infinity, width!.value ?? Infinity);
    if (size.value === null || size.value <= shortest) return [...x.slice(0, -3), size, size, channels!];
    return query.report(argumentValue, {
      at: query.args.span('size') ?? query.span,
      facts: {
        call: 'random_crop',
        name: 'size',
        wanted: `at most ${shortest}, since ${timesText([height!, width!])} arrives`,
        given: String(size),
      },
    });
  },
  range: ([x]) => x!,
  lower({ inputs: [x], args, training, uniform, normal }) {
    const size = args.int('size');
    return inAllFrames(x!, { uniform, normal }, (images, drawn) => {
      const [batch, height, width, channels] = images.shape as [number, number, number, number];
      const [down, right] = [height - size, width - size];
      if (!training) {
        const begin = [0, Math.floor(down / 2), Math.floor(right / 2), 0];
        return t.slice(images, begin, [batch, size, size, channels]);
      }
      const begin = (places: number) => t.floor(t.mul(drawn.uniform([batch, 1]), places + 1));
      const rows = down === 0 ? images : rowsFrom(images, begin(down), size);
      return right === 0 ? rows : turned(rowsFrom(turned(rows), begin(right), size));
    });
  },
  examples: [
    { call: 'random_crop(2)', inputs: [[4, 5, 2]], output: [2, 2, 2] },
    { call: 'random_crop(3)', inputs: [[3, 4, 1]], output: [3, 3, 1] },
    { call: 'random_crop(2)', inputs: [[2, 3, 2, 1]], output: [2, 2, 2, 1] },
  ],
});
