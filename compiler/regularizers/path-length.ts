import * as t from '../tensor/index.ts';
import { everyArgument } from './every.ts';
import type { CriticPenalty } from './penalty.ts';

export const pathLength: CriticPenalty = {
  name: 'path_length',
  summary: 'makes a step in the latent space change pictures equally much everywhere',
  documentation: `
\`2 * path_length(Synthesis(_), w)\` is twice the mean over the batch of (|Jᵀy| − a)², where Jᵀy is the gradient for w of the sum of the
picture times noise y (standard normal, divided by the root of the number of pixels), and a is the mean length so far:
a + decay · (mean length − a) at every update, zero at first, kept with the training. It stands in the loss of the generator.

A latent [n] has the length of its gradient; one per layer, [layers, n], the root of the mean over layers of the squared lengths.
StyleGAN2 runs it at every fourth step (\`every: 4\`) and on half a batch.

Karras et al., *Analyzing and Improving the Image Quality of StyleGAN*, 2020, section 3.2; decay 0.01 and weight 2 are its code's.
`,
  tensors: ['latent'],
  arguments: [
    {
      name: 'decay',
      kind: 'number',
      summary: 'how much of a new mean length goes into the kept one',
      default: 0.01,
      min: 0,
      max: 1,
    },
    everyArgument,
  ],
  lower({ critic, tensors: [latent], args, normal, state, assign }) {
    const picture = critic(latent!);
    const pixels = t.sizeOf(picture.shape.slice(1, -1));
    const noise = t.mul(normal(picture.shape), 1 / Math.sqrt(pixels));
    const [gradient] = t.gradients(t.sum(t.mul(picture, noise)), [latent!]);
    const squared = t.sum(t.square(gradient!), -1);
    const layers = squared.shape.flatMap((_, axis) => (axis === 0 ? [] : [axis]));
    const length = t.sqrt(t.add(layers.length > 0 ? t.mean(squared, layers) : squared, TINY));
    const before = state('mean_length');
    const mean = t.add(before, t.mul(t.sub(t.mean(length), before), args.number('decay')));
    assign('mean_length', mean);
    return t.mean(t.square(t.sub(length, mean)));
  },
};

/** Inside the root, where the slope of a square root would otherwise be infinite at zero. */
const TINY = 1e-12;
