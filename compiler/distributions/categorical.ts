import * as t from '../tensor/index.ts';
import type { Distribution } from './distribution.ts';
import { sizeArgument } from './latent-arguments.ts';

export const categorical: Distribution = {
  name: 'categorical',
  summary: 'one class of several, all equally likely, as a one-hot vector',
  documentation: `
\`latent c: categorical(10)\` draws a 1 at one of 10 places and zeros at the others: InfoGAN's categorical code. Of a shape of several
sizes the last one counts the classes: \`categorical([3, 10])\` draws three such codes.
\`rows: c\` in a \`sample\` block gives each row of a grid a class of its own: what the code has come to stand for.

Chen et al., *InfoGAN: Interpretable Representation Learning by Information Maximizing Generative Adversarial Nets*, 2016.
`,
  arguments: [sizeArgument],
  range: () => ({ low: 0, high: 1 }),
  draw({ shape, uniform }) {
    const classes = shape.at(-1)!;
    const drawn = uniform([...shape.slice(0, -1), 1]);
    const place = t.minimum(t.floor(t.mul(drawn, classes)), classes - 1);
    const each = Array.from({ length: classes }, (_, at) => at);
    return t.cast(t.equal(place, t.constant(drawn.builder, each, [classes])), 'f32');
  },
};
