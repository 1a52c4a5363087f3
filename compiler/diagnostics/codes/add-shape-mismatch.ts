import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { type Shown, shapeText } from '../wording.ts';

const residual = (skip: string) =>
  exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  h    = x -> conv2d(8, kernel: 4, stride: 2)
  main = h -> leaky_relu(0.2) -> conv2d(16, kernel: 3) -> leaky_relu(0.2) -> conv2d(16, kernel: 3)
  skip = h${skip}
  return main + skip -> flatten -> dense(1)
}`,
  });

export const addShapeMismatch = defineDiagnostic<
  {
    /** `+`, `-`, `*`, `/`, or the name of a layer that combines number by number: `add`, `dot`. */
    readonly operator: string;
    readonly left: readonly Shown[];
    readonly right: readonly Shown[];
  },
  'left' | 'right'
>({
  code: 'add-shape-mismatch',
  severity: 'error',
  number: 16,
  title: 'Arithmetic on maps of different shapes',
  message: ({ operator, left, right }) =>
    operator === '+' || operator === 'add'
      ? `${shapeText(left)} and ${shapeText(right)} cannot be added`
      : `\`${operator}\` cannot combine ${shapeText(left)} and ${shapeText(right)}`,
  label: () => 'both sides must have the same shape',
  labels: {
    left: ({ left }) => `this is ${shapeText(left)}`,
    right: ({ right }) => `this is ${shapeText(right)}`,
  },
  help({ left, right }) {
    if (left.length !== right.length || left.length < 2) return 'bring both to one shape first';
    if (left.slice(0, -1).join() === right.slice(0, -1).join()) {
      return `put conv2d(${left.at(-1)}, kernel: 1) on the side with ${right.at(-1)} channels`;
    }
    return Number(left[0]) < Number(right[0])
      ? 'upsample the left side, or pool the right one'
      : 'upsample the right side, or pool the left one';
  },
  explanation: `
Two tensors are added (or subtracted, multiplied, divided) number by number, and their shapes differ. In a residual
block both branches must end with the same height, width and channels: when the main branch doubles the size, the
skip needs an \`upsample(2)\`; when it changes the channels, the skip needs a \`conv2d(filters, kernel: 1)\`. A single
number, or one number per channel, may meet any map.

**What to do.** Bring the skip to the shape of the main branch.

He et al., *Deep Residual Learning for Image Recognition*, 2016.
`,
  bad: residual(''),
  good: residual(' -> conv2d(16, kernel: 1)'),
});
