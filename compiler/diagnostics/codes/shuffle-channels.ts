import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import type { Shown } from '../wording.ts';

const generator = (channels: number) =>
  exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
    -> conv2d(${channels}, kernel: 3) -> pixel_shuffle(2) -> tanh
}`,
  });

export const shuffleChannels = defineDiagnostic<{
  /** `pixel_shuffle(2)`, `conv2d with groups: 3`. */
  readonly layer: string;
  readonly channels: Shown;
  readonly divisor: Shown;
  /** Which channels: those that arrive, or the filters. */
  readonly which: 'input' | 'filters';
}>({
  code: 'shuffle-channels',
  severity: 'error',
  number: 23,
  title: 'Channels that cannot be shared out evenly',
  message: ({ layer, channels, divisor, which }) =>
    which === 'input'
      ? `${layer} needs channels divisible by ${divisor}, but gets ${channels}`
      : `${layer} needs filters divisible by ${divisor}, but has ${channels}`,
  label: ({ channels, divisor }) => `${channels} / ${divisor} is not a whole number`,
  help({ channels, divisor, which }) {
    const by = Number(divisor);
    const near = Math.max(by, Math.round(Number(channels) / by) * by);
    if (!Number.isFinite(near)) return null;
    return which === 'input' ? `make ${near} channels before it` : `write ${near} filters`;
  },
  explanation: `
\`pixel_shuffle(f)\` takes f × f channels for each channel that it makes and lays them out as an f × f patch, so the
number of channels must divide by f²: for three colours and factor 2, \`conv2d(12, kernel: 3) -> pixel_shuffle(2)\`. A
convolution with \`groups: g\` splits both its input channels and its filters into g equal parts, and
\`multi_head_attention\` its channels among its heads.

**What to do.** Change the number of channels before it to one that divides.

Shi et al., *Real-Time Single Image and Video Super-Resolution Using an Efficient Sub-Pixel CNN*, 2016.
`,
  bad: generator(13),
  good: generator(12),
});
