import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const generator = (kernel: number) =>
  exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
    -> conv2d_transpose(3, kernel: ${kernel}, stride: 2) -> tanh
}`,
  });

export const checkerboardKernel = defineDiagnostic<{
  readonly kernel: number;
  readonly stride: number;
  /** The next multiple of the stride. */
  readonly better: number;
  /** `upsample(2) -> conv2d(filters, kernel: 3)`; null where the filters are not known as text. */
  readonly instead: string | null;
}>({
  code: 'checkerboard-kernel',
  severity: 'warning',
  number: 51,
  title: 'A transposed convolution that paints unevenly',
  message: ({ kernel, stride }) => `kernel ${kernel} is not a multiple of stride ${stride}`,
  label: () => 'some output cells get more paint than others',
  notes: () => ['This shows up as a checkerboard in the images (Odena, Dumoulin & Olah, 2016).'],
  help: ({ better, instead }) => `use kernel: ${better}${instead ? `, or ${instead}` : ''}`,
  explanation: `
A transposed convolution lays a kernel down at every stride. When the kernel is not a multiple of the stride, the copies
overlap unevenly: some cells of the output are painted by more copies than others, in a regular pattern. The network can
learn to even it out, but seldom does completely; the pictures show a checkerboard.

**What to do.** Use a kernel that is a multiple of the stride (4 for stride 2), or enlarge first and convolve then:
\`upsample(2) -> conv2d(filters, kernel: 3)\`.

Odena, Dumoulin & Olah, *Deconvolution and Checkerboard Artifacts*, Distill, 2016.
`,
  bad: generator(3),
  good: generator(4),
});
