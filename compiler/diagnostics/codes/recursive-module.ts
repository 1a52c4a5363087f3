import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const recursiveModule = defineDiagnostic<{
  /** The way round, beginning and ending with the same module: `['Up', 'Block', 'Up']`. */
  readonly cycle: readonly string[];
}>({
  code: 'recursive-module',
  severity: 'error',
  number: 10,
  title: 'A module that contains itself',
  message: ({ cycle }) => `module ${cycle[0]} contains itself`,
  label: ({ cycle }) => (cycle.length > 2 ? `${cycle.join(' → ')}` : `${cycle[0]} again`),
  help: () => 'repeat a block with `repeat 3 { … }` or `for f in [...] { … }`',
  explanation: `
A module uses itself, directly or through another one. Each use of a module stands for a copy of its layers, so
this one would never end. Every spec must come out as a finite drawing; there is no condition that could stop a
recursion.

**What to do.** Loops over known lists do what recursion would: \`repeat 3 { Res }\`,
\`for f in [256, 128, 64] { Up(f) }\`.
`,
  bad: exampleSpec({
    declarations: `
module Block(x: [H, W, C]) -> [H, W, C] {
  x -> conv2d(C, kernel: 3) -> relu -> Block
}`,
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> Block -> flatten -> dense(1)
}`,
  }),
  good: exampleSpec({
    declarations: `
module Block(x: [H, W, C]) -> [H, W, C] {
  x -> conv2d(C, kernel: 3) -> relu
}`,
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> repeat 3 { Block } -> flatten -> dense(1)
}`,
  }),
});
