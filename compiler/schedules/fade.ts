import type { Schedule } from './schedule.ts';

export const fade: Schedule = {
  name: 'fade',
  summary: 'from 0 to 1 in the first steps of a stage of training',
  documentation: `
In \`stage "16x16" { steps: 20_000  fade: 5_000 }\` it rises evenly over the first 5,000 steps, and is 1 after that; it is 1 at every
step of a stage without \`fade:\`, and of a training without stages. \`old -> blend(new, amount: fade)\` lets a block in slowly, so that
the layers which are trained already do not suffer from those that are not. \`ganc explain stage\` has a whole network.

Karras, Aila, Laine & Lehtinen, *Progressive Growing of GANs for Improved Quality, Stability, and Variation*, 2018.
`,
  arguments: [],
  value(_args, step, { start, fade: over }) {
    return over === 0 ? 1 : Math.min(Math.max((step - start) / over, 0), 1);
  },
  end: () => null,
};
