import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const generator = (rounds: string) =>
  exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(16*16 * 3) -> reshape(16, 16, 3) -> relu
    -> repeat ${rounds} { conv2d(3, kernel: 3) -> leaky_relu(0.2) }
    -> tanh
}`,
  });

export const networkTooLarge = defineDiagnostic<{
  /** What is too large, with its name: `a tensor of shape [100000, 100000, 100]`, `repeat`, `batch`. */
  readonly what: string;
  /** How much there would be, in words: `1,000,000,000 rounds`; null when it was not counted to the end. */
  readonly amount: string | null;
  /** How much there may be: `20,000 layers`. */
  readonly limit: string;
}>({
  code: 'network-too-large',
  severity: 'error',
  number: null,
  title: 'A network or tensor too large to be meant',
  message: ({ what, amount, limit }) =>
    amount ? `${what} comes to ${amount}; the limit is ${limit}` : `${what} comes to more than ${limit}`,
  label: () => 'this is where it grows too large',
  help: () => 'use smaller sizes or fewer rounds',
  explanation: `
Every layer, weight and size of a spec is worked out before anything runs. A slip of the finger, \`repeat 1e9\` or a
dense layer on a large image, would take all memory of the machine long before training began, so sizes far beyond
what could be trained are refused at once.

The limits: 20,000 layers in all, 2²⁸ numbers in one tensor of one example, 2³⁰ weights in all, a batch of 65,536,
1,000 frames of a recurrent layer.

**What to do.** Look at the number that the message names; it is probably not the one you had in mind.
`,
  bad: generator('1e9'),
  good: generator('2'),
});
