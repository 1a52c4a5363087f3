import { schedules } from '../../schedules/index.ts';
import { listOf, type Word } from './word.ts';

export const number: Word = {
  kind: 'form',
  name: 'number',
  also: ['arithmetic', 'expression', '+', '-', '*', '/'],
  is: 'A form of the language, written `2*ch + 1`',
  summary: 'numbers, sizes and tensors, what is calculated of them, and schedules in their place',
  example: {
    declarations: 'param ch = 8',
    train: `
train on faces {
  batch: 16
  steps: 50_000

  real = faces.image + linear(from: 0.1, to: 0, over: 10_000) * normal
  fake = G(z)
  gap  = mean(D(real)) - mean(D(fake))

  update D {
    loss: -gap + 10 * gradient_penalty(D(_), real, fake)
    optimizer: adam(lr: cosine(from: 2e-4, over: 50_000), beta1: 0)
    times: 5
  }
  update G {
    loss: gap
    optimizer: adam(lr: 2e-4 / 2, beta1: 0)
  }
}`,
  },
  around: {
    generator: `
generator G(z) -> faces.image {
  z -> dense(4*4 * 2*ch) -> reshape(4, 4, 2*ch) -> relu
    -> conv2d_transpose(ch, kernel: 4, stride: 2) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
  },
  text: () => [TEXT, '## Schedules', listOf(schedules)],
};

const TEXT = `
Numbers are written \`64\`, \`50_000\`, \`0.5\`, \`2e-4\`. \`+ - * /\` and parentheses go by the usual order, and \`ceil\` and
\`floor\` round; there is no power, but \`square\`, \`sqrt\`, \`exp\` and \`log\`. Numbers and sizes are calculated when the spec
is checked, \`init: normal(std: 1 / sqrt(2*ch))\`, tensors in the step, place by place.

Two tensors have the same shape, or one of them is stretched as in NumPy: from the right, sizes are equal, or one of them is 1 or
missing. \`x * style\` of [8, 8, 16] and [16] scales channels, of [8, 8, 16] and [8, 8, 1] places. A distribution beside a tensor
is noise of its shape: \`x + normal(std: 0.1)\`, or \`x + 0.1 * normal\`. Labels cannot be calculated with. Functions are called
like layers: \`mean(x)\`, \`maximum(a, b)\`; \`ganc explain functions\` lists them.

A schedule stands where an argument takes "a number or a schedule", and as a number in the tensors and losses of \`train\`:
\`linear(from: 1, to: 0, over: 10_000) * l1(fake, real)\`. In a network it stands only as such an argument, as that of \`blend\`
and \`noise\`. A number that follows from training itself is a \`state\`.
`;
