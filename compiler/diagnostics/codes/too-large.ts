import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

const HELP = {
  file: 'use modules and loops instead of writing every layer out',
  nesting: 'name the parts of it',
  expression: 'name the parts of it',
  number: 'write a smaller number',
  imports: 'gather what the spec needs in fewer files',
  'import depth': 'import what is needed from where it is declared',
} as const;

export const tooLarge = defineDiagnostic<{
  readonly what: /** Characters in the file. */
    | 'file'
    /** Brackets inside brackets. */
    | 'nesting'
    /** Signs such as `+` and `-` of one expression that apply to each other's results. */
    | 'expression'
    /** A number beyond what a 64-bit float holds. */
    | 'number'
    /** Files that a spec imports, in all. */
    | 'imports'
    /** Files that import each other in a row. */
    | 'import depth';
  readonly limit: number;
}>({
  code: 'too-large',
  severity: 'error',
  number: null,
  title: 'A spec beyond what is read',
  message({ what, limit }) {
    const count = limit.toLocaleString('en-US');
    switch (what) {
      case 'file':
        return `this file is longer than the ${count} characters that a spec may have`;
      case 'nesting':
        return `brackets are nested more than ${count} deep here`;
      case 'expression':
        return `this expression is more than ${count} operations deep`;
      case 'imports':
        return `more than ${count} files would be imported from here`;
      case 'import depth':
        return `more than ${count} files import each other in a row, down to here`;
      case 'number':
        return `this number is larger than ${limit}, the largest that can be held`;
    }
  },
  help: ({ what }) => HELP[what],
  explanation: `
A spec is read with bounded time and memory, whoever wrote it. A file may have 250,000 characters, brackets may
be nested a hundred deep, and an expression five hundred operations deep; a spec may import a hundred files,
twenty in a row. That is far more than any network needs, and little enough that no spec can make the compiler run
out of anything.

**What to do.** Name parts of the expression (\`a = …\`), or use \`module\`, \`repeat\` and \`for\` where something
occurs many times.
`,
  bad: exampleSpec({ declarations: `param deep = ${'('.repeat(120)}1${')'.repeat(120)}` }),
  good: exampleSpec({
    declarations: 'param wide = ((((1))))',
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8*wide) -> reshape(8, 8, 8*wide) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
  }),
});
