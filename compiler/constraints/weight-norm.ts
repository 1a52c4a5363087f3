import * as t from '../tensor/index.ts';
import type { Constraint } from './constraint.ts';

/** Keeps the quotient finite for a kernel of zeros. */
const TINY = 1e-12;

export const weightNorm: Constraint = {
  name: 'weight_norm',
  summary: 'trains the length of every output’s weights apart from their direction',
  documentation: `
The kernel, seen as a matrix W with one column per output, is used as length · W / |W|, column by column. \`length\`, one trained number
per output, is at first what |W| is as it is drawn, so that the layer begins as it would without; from then on its size and its
direction learn at speeds of their own. It bounds nothing, as \`spectral_norm\` does.

Networks for sound have it in place of any other normalisation (MelGAN, HiFi-GAN).

Salimans & Kingma, *Weight Normalization: A Simple Reparameterization to Accelerate Training of Deep Neural Networks*, 2016. Kumar et
al., *MelGAN: Generative Adversarial Networks for Conditional Waveform Synthesis*, 2019.
`,
  arguments: [],
  state: () => [],
  trained: ([, columns]) => [{ name: 'length', shape: [columns], initial: lengths }],
  apply({ weight, outputAxis, trained }) {
    const perColumn = weight.shape.map((size, axis) => (axis === outputAxis ? size : 1));
    const factor = t.div(trained('length'), lengths(weight, outputAxis));
    return t.mul(weight, t.reshape(factor, perColumn));
  },
};

/** |W| of every column: [columns]. */
function lengths(weight: t.Value, outputAxis: number): t.Value {
  const others = weight.shape.flatMap((_, axis) => (axis === outputAxis ? [] : [axis]));
  return t.sqrt(t.add(t.sum(t.square(weight), others), TINY));
}
