import { UNBOUNDED, union } from '../3-check/interval.ts';
import type { Argument } from '../arguments/argument.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { type Draws, inAllFrames, onePerImage } from './parts/augmentation.ts';
import { keptToRead } from './parts/bilinear.ts';
import { hueTurned } from './parts/hue.ts';
import { inputOfKind } from './parts/rank.ts';
import { moved, onePerPlaces, resampled, rotated, scaled } from './parts/resampled.ts';
import { cutOut, HALF } from './random-cutout.ts';

/** Random numbers, and how often each change is made. */
interface Chances extends Draws {
  chance(shape: readonly number[]): t.Value;
}

export const adaptiveAugment = defineLayer({
  name: 'adaptive_augment',
  summary: 'ADA: changes of place and colour, each with a probability that training steers',
  documentation: `
\`real = photos.image -> adaptive_augment(p)\` and \`fake = G(z) -> adaptive_augment(p)\`: everything that D sees goes through it, in both
updates, and G learns through it. Each change is made to each image with the probability p, whatever the others do, so that images as
they are stay likely enough for G to learn those alone; above 0.8 or so, augmented pictures begin to be made.

Training carries p along: it rises while D is too sure of real pictures, which is where overfitting begins, and falls elsewhere.

    state p { next: clip(p + 1.28e-4 * sign(mean(sign(D(real))) - 0.6), 0, 1) }

Here p can go from 0 to 1 in 500,000 images, in batches of 64: the step is the batch by those. \`adaptive_augment(0.2)\` holds it at
a number, and a schedule may stand there, too.

The changes, in this order; the arguments say how likely those of a kind are, as a share of p. R3GAN has
\`adaptive_augment(p, color: 0.5, cutout: 1)\`.

* \`geometry\`: a mirror image (half of the times), a turn by quarters, a move by whole pixels, at most an eighth of the size;
  \`random_scale\`, a turn by any angle, \`random_scale(mode: "stretch")\`, another turn, a move between pixels (a bell curve of an
  eighth of the size). What comes into an image is its mirror image.
* \`color\`, for values from −1 to 1: brightness (a bell curve of 0.2), contrast (half an octave), \`random_luma_flip\`, \`random_hue\` where
  there are three channels, saturation (an octave).
* \`cutout\`: \`random_cutout\`.

The image is read once for all changes of place, between its pixels (bilinear): four reads of every pixel. The authors' code reads at
twice the size and filters; here what is made smaller is not filtered, and what is turned gets a little softer. In sampling it does
nothing. All frames of a clip are changed alike. \`diff_augment\` is simpler and has no p.

Karras, Aittala, Hellsten, Laine, Lehtinen & Aila, *Training Generative Adversarial Networks with Limited Data*, 2020.
`,
  inputs: 'one',
  sides: [
    {
      name: 'p',
      summary: 'how likely each change is: a state, a schedule, a number, or [1] for each example',
      takes: 'tensor',
      orOfBatch: true,
    },
  ],
  arguments: [
    share('geometry', 'how likely each change of place is, as a share of p', 1),
    share('color', 'how likely each change of colour is, as a share of p', 1),
    share('cutout', 'how likely a rectangle of zeros is, as a share of p', 0),
  ],
  isRandom: true,
  shape(query) {
    const x = inputOfKind(query, 'adaptive_augment', 'picture');
    const p = query.inputs[1]!;
    if (!x || p.every((size) => size.equals(1))) return x;
    return query.report(argumentValue, {
      at: query.inputSpans[1]!,
      facts: {
        call: 'adaptive_augment',
        name: 'p',
        wanted: 'one number, such as a state',
        given: `[${p.join(', ')}]`,
      },
    });
  },
  range([x], args) {
    if (args.number('color') > 0) return UNBOUNDED;
    return args.number('cutout') > 0 ? union(x!, { low: 0, high: 0 }) : x!;
  },
  keeps: ({ output, args }) => (args.number('geometry') > 0 ? keptToRead(output) : 0),
  lower({ inputs: [x, p], args, training, uniform, normal }) {
    if (!training) return x!;
    const chance = (shape: readonly number[]) => {
      const perImage = [t.sizeOf(p!.shape), ...shape.slice(1).map(() => 1)];
      return t.broadcastTo(t.reshape(p!, perImage), shape);
    };
    return inAllFrames(x!, { uniform, normal, chance }, (images, draws) => {
      let y = images;
      for (const [kind, change] of CHANGES) {
        const shared = (shape: readonly number[]) => t.mul(draws.chance(shape), args.number(kind));
        if (args.number(kind) > 0) y = change(y, { ...draws, chance: shared });
      }
      return y;
    });
  },
  examples: [
    { call: 'adaptive_augment', inputs: [[5, 4, 3], [1]], output: [5, 4, 3], range: [0.5, 1] },
    {
      call: 'adaptive_augment(color: 0, cutout: 1)',
      inputs: [[5, 4, 1], [1]],
      output: [5, 4, 1],
      range: [0.5, 1],
    },
    { call: 'adaptive_augment', inputs: [[2, 3, 4, 2], [1]], output: [2, 3, 4, 2], range: [0.5, 1] },
  ],
});

function share(name: string, summary: string, byDefault: number): Argument {
  return { name, kind: 'number', summary, default: byDefault, min: 0, max: 1 };
}

/** In the order in which they are made. */
const CHANGES = [
  ['geometry', displaced],
  ['color', recoloured],
  ['cutout', holed],
] as const;

/** Pictures somewhere else, turned and stretched. Of changes to places, the last one to pictures comes first. */
function displaced(x: t.Value, chances: Chances): t.Value {
  const { made, some, even, bell, either, factor } = drawn(chances, onePerPlaces(x));
  const [height, width] = x.shape.slice(1, 3) as [number, number];
  // That one of the two turns is made is as likely as any other change.
  const angle = () => {
    const isMade = t.greater(t.square(even()), t.sub(1, chances.chance(onePerPlaces(x))));
    return t.select(isMade, t.mul(t.sub(even(), 0.5), 2 * Math.PI), 0);
  };
  const whole = (size: number) => t.floor(t.add(t.mul(t.sub(even(), 0.5), size / 4), 0.5));
  const [isMovedWhole, isMoved] = [made(), made()];
  const quarters = some(t.mul(t.floor(t.mul(even(), 4)), Math.PI / 2));
  const [zoom, stretch, mirror] = [factor(0.2), factor(0.2), either()];
  return resampled(x, 'reflect', (places) => {
    let from = moved(
      places,
      some(t.mul(bell(), height / 8), 0, isMoved),
      some(t.mul(bell(), width / 8), 0, isMoved),
    );
    from = rotated(from, angle());
    from = scaled(from, t.div(1, stretch), stretch);
    from = rotated(from, angle());
    from = scaled(from, zoom, zoom);
    from = moved(from, some(whole(height), 0, isMovedWhole), some(whole(width), 0, isMovedWhole));
    from = rotated(from, quarters);
    return { ...from, columns: t.mul(from.columns, mirror) };
  });
}

/** Pictures in other colours: grey and what is beyond it go separate ways. */
function recoloured(x: t.Value, chances: Chances): t.Value {
  const { some, even, bell, either, factor } = drawn(chances, onePerImage(x));
  const lit = t.mul(t.add(x, some(t.mul(bell(), 0.2))), factor(0.5));
  const grey = t.mean(lit, -1, true);
  const colour = t.sub(lit, grey);
  const hued =
    x.shape.at(-1) === 3 ? hueTurned(colour, some(t.mul(t.sub(even(), 0.5), 2 * Math.PI))) : colour;
  return t.add(t.mul(grey, either()), t.mul(hued, factor(1)));
}

/** Pictures with a hole of half their size. */
function holed(x: t.Value, chances: Chances): t.Value {
  return t.select(drawn(chances, onePerImage(x)).made(), cutOut(x, HALF, chances), x);
}

/** Numbers of one shape, for each image others. */
function drawn({ uniform, normal, chance }: Chances, shape: readonly number[]) {
  const [even, bell] = [() => uniform(shape), () => normal(shape)];
  const made = () => t.less(even(), chance(shape));
  /** The value where a change is made, elsewhere what changes nothing. */
  const some = (value: t.Value, nothing = 0, isMade = made()) => t.select(isMade, value, nothing);
  return {
    even,
    bell,
    made,
    some,
    /** −1 in half of the changed ones, else 1. */
    either: () => some(t.sub(1, t.mul(t.floor(t.mul(even(), 2)), 2)), 1),
    /** 1 in those that stay as they are. */
    factor: (octaves: number) => t.exp(some(t.mul(bell(), octaves * Math.LN2))),
  };
}
