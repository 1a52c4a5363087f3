import { exampleTrain } from '../../diagnostics/example-spec.ts';
import type { Word } from './word.ts';

export const param: Word = {
  kind: 'declaration',
  name: 'param',
  also: ['true', 'false'],
  is: 'A declaration',
  summary: 'a value with a name, which `--set` and stages can change',
  example: {
    declarations: `
param ch     = 16
param widths = [2*ch, ch]
param norm   = batch_norm
param rate   = linear(from: 4e-4, to: 0, over: 10_000)`,
    generator: `
generator G(z) -> faces.image {
  z -> dense(4*4 * 2*ch) -> reshape(4, 4, 2*ch) -> norm -> relu
    -> for f in widths { conv2d_transpose(f, kernel: 4, stride: 2, bias: false) -> norm -> relu }
    -> conv2d(3, kernel: 3) -> tanh
}`,
  },
  around: { train: exampleTrain({ G: { lr: 'rate' } }) },
  text: () => [TEXT],
};

const TEXT = `
A value is a number, a text in quotes, \`true\` or \`false\`, \`none\`, a list, a layer with or without its arguments, a schedule,
or a calculation with other params, which may stand further down. A tensor is none: those are named in networks and in \`train\`.

\`ganc train SPEC --set ch=64 --set widths=[64,32]\` gives other values for one run, written as in the spec and of the same kind
as there; \`check\`, \`inspect\`, \`expand\` and \`build\` take \`--set\`, too. A \`stage\` gives params values for as long as it
lasts. Params are imported from other files by their names.
`;
